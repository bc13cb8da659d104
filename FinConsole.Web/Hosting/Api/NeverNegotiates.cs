namespace FinConsole.Web.Hosting.Api;

/// <summary>Marks a route whose answers have no body: it refuses no Accept header, and its document names no status but its own.</summary>
internal sealed class NeverNegotiates;
