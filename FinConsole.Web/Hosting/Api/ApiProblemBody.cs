namespace FinConsole.Web.Hosting.Api;

/// <summary>A refusal, as RFC 9457 tells it. It may have further members, such as the id of a token that was made before.</summary>
/// <param name="Type">Leads to the code's place in the documentation.</param>
/// <param name="Title">What is wrong, in plain words.</param>
/// <param name="Status">The status code once more.</param>
/// <param name="Code">A stable word that programs may rely on.</param>
/// <param name="TraceId">Name it when you ask the operator about this answer.</param>
/// <param name="Errors">What is wrong, by field.</param>
internal sealed record ApiProblemBody(string Type, string Title, int Status, string Code, string TraceId, IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors = null);
