using System.Net;
using System.Text;

namespace FinConsole.Web.Hosting.Api;

/// <summary>What a request shows of who sends it, before anything is looked up.</summary>
/// <param name="Text">The token or JWT; null where the request carries none.</param>
/// <param name="ByName">It came in a header that takes tokens alone (<c>X-Auth-Token</c>, <c>X-API-Key</c>), where junk is a malformed request and no failed sign-in.</param>
/// <param name="Fault">What is wrong with how it was sent.</param>
internal readonly record struct PresentedCredential(string? Text, bool ByName, ApiProblem? Fault)
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The headers that a credential may come in.</summary>
    private static readonly string[] Headers = ["X-Auth-Token", "X-API-Key", "Authorization"];

    /// <summary>Which of them the request has, each with what is wrong.</summary>
    public static Dictionary<string, string> Sent(HttpRequest request, string message) => Headers.Where(request.Headers.ContainsKey).ToDictionary(header => header, _ => message);

    /// <summary>Whether none of the headers that take a credential is there.</summary>
    public static bool IsMissing(HttpRequest request) =>
        request.Headers.Authorization.Count == 0 && request.Headers["X-Auth-Token"].Count == 0 && request.Headers["X-API-Key"].Count == 0;

    /// <summary>Reads <c>X-Auth-Token</c> (FinCode), <c>X-API-Key</c> (Fincept) and <c>Authorization: Bearer</c> (Sectors, Finta); never a query string.</summary>
    /// <param name="request">Whose headers.</param>
    /// <param name="basic">
    /// Whether the password of <c>Authorization: Basic</c> (RFC 7617) counts like a Bearer, whatever the user name: OAuth clients
    /// authenticate so (<c>client_secret_basic</c>, RFC 6749 2.3.1), and some can do nothing else.
    /// </param>
    public static PresentedCredential Read(HttpRequest request, bool basic = false)
    {
        var headers = request.Headers;
        var (auth, key, bearer) = (headers["X-Auth-Token"], headers["X-API-Key"], headers.Authorization);
        if (auth.Count > 1 || key.Count > 1 || bearer.Count > 1)
            return Ambiguous(request);

        var text = (string?)auth ?? key;
        if (auth.Count == 1 && key.Count == 1 && auth != key)
            return Ambiguous(request);
        if (bearer is not [{ } scheme])
            return new PresentedCredential(text, text is not null, null);
        var sent = basic ? PasswordOf(scheme) : null;
        if (scheme.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            sent = scheme[Bearer.Length..].Trim();
        if (sent is null)
            return text is null ? new PresentedCredential("", false, null) : Ambiguous(request);
        return text is not null && text != sent ? Ambiguous(request) : new PresentedCredential(sent, text is not null, null);
    }

    /// <summary>Whether an <c>Authorization</c> header is of HTTP Basic.</summary>
    public static bool IsBasic(string scheme) => scheme.StartsWith(Basic, StringComparison.OrdinalIgnoreCase);

    // Everything behind the first colon, decoded as a form's value (RFC 6749 2.3.1): some libraries encode even underscores. A client that
    // encodes nothing is read alike, since a service token has no character with a meaning there.
    private static string? PasswordOf(string scheme)
    {
        if (!IsBasic(scheme))
            return null;
        try
        {
            var pair = Strict.GetString(Convert.FromBase64String(scheme[Basic.Length..].Trim()));
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? null : WebUtility.UrlDecode(pair[(colon + 1)..]);
        }
        catch (Exception malformed) when (malformed is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static PresentedCredential Ambiguous(HttpRequest request) =>
        new(null, false, ApiProblem.CredentialTwice with { Errors = Sent(request, ApiErrorTexts.OneCredential) });
}
