namespace FinConsole.Web.Hosting.Api;

/// <summary>Marks a route whose good answer is public and may be kept; all other answers are no-store.</summary>
/// <param name="Lifetime">For how long it may be used without asking again.</param>
internal sealed record CacheableFor(TimeSpan Lifetime);
