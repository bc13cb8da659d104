namespace FinConsole.Web.Hosting.Api;

/// <summary>
/// A refusal that a route can answer with, in the text that it has there. The OpenAPI document and the reference page are made from these,
/// and the tests fail on every refusal that a route sends without declaring it.
/// </summary>
/// <param name="Problem">Status, code and text. A text with an ellipsis differs from response to response.</param>
internal sealed record DeclaredRefusal(ApiProblem Problem)
{
    /// <summary>Whether a response is the one that was declared: the same status and code, and the same text unless it varies.</summary>
    public bool Covers(ApiProblem sent) =>
        sent.Status == Problem.Status && sent.Code == Problem.Code && (sent.Title == Problem.Title || Problem.Title.Contains('…', StringComparison.Ordinal));
}
