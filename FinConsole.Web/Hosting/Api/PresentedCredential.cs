namespace FinConsole.Web.Hosting.Api;

/// <summary>What a request shows of who sends it, before anything is looked up.</summary>
/// <param name="Text">The token or JWT; null where the request bears none.</param>
/// <param name="ByName">It came in a header that takes tokens alone (<c>X-Auth-Token</c>, <c>X-API-Key</c>), where junk is a malformed request and no failed sign-in.</param>
/// <param name="Fault">What is wrong with how it was sent.</param>
internal readonly record struct PresentedCredential(string? Text, bool ByName, ApiProblem? Fault)
{
    private const string Bearer = "Bearer ";

    private static readonly PresentedCredential Ambiguous = new(null, false, ApiProblem.CredentialTwice);

    /// <summary>Whether none of the headers that take a credential is there.</summary>
    public static bool IsMissing(HttpRequest request) =>
        request.Headers.Authorization.Count == 0 && request.Headers["X-Auth-Token"].Count == 0 && request.Headers["X-API-Key"].Count == 0;

    /// <summary>Reads <c>X-Auth-Token</c> (FinCode), <c>X-API-Key</c> (Fincept) and <c>Authorization: Bearer</c> (Sectors, Finta); never a query string.</summary>
    public static PresentedCredential Read(HttpRequest request)
    {
        var headers = request.Headers;
        var (auth, key, bearer) = (headers["X-Auth-Token"], headers["X-API-Key"], headers.Authorization);
        if (auth.Count > 1 || key.Count > 1 || bearer.Count > 1)
            return Ambiguous;

        var text = (string?)auth ?? key;
        if (auth.Count == 1 && key.Count == 1 && auth != key)
            return Ambiguous;
        if (bearer is not [{ } scheme])
            return new PresentedCredential(text, text is not null, null);
        if (!scheme.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return text is null ? new PresentedCredential("", false, null) : Ambiguous;
        var sent = scheme[Bearer.Length..].Trim();
        return text is not null && text != sent ? Ambiguous : new PresentedCredential(sent, text is not null, null);
    }
}
