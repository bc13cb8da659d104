using System.Text.RegularExpressions;

namespace FinConsole.Web.Hosting.Api;

/// <summary>
/// A refusal that a route can answer with, in the text that it has there. The OpenAPI document and the reference page are made from these,
/// and the tests fail on every refusal that a route sends without declaring it.
/// </summary>
/// <param name="Problem">Status, code and text. What differs from response to response is an ellipsis in the text.</param>
internal sealed record DeclaredRefusal(ApiProblem Problem)
{
    private const char Varying = '…';

    /// <summary>Whether a response is the one that was declared: the same status and code, and the same text but for what varies.</summary>
    public bool Covers(ApiProblem sent) => sent.Status == Problem.Status && sent.Code == Problem.Code && (sent.Title == Problem.Title || Varies(sent.Title));

    private bool Varies(string title) =>
        Problem.Title.Contains(Varying, StringComparison.Ordinal)
        && Regex.IsMatch(title, $"^{string.Join(".+", Problem.Title.Split(Varying).Select(Regex.Escape))}$", RegexOptions.Singleline);
}
