using System.Security.Cryptography;

namespace FinConsole.Web.Hosting.Security;

/// <summary>The number that this response's own inline scripts and styles must carry. App.razor injects it; circuits have none.</summary>
public sealed class CspNonce(IHttpContextAccessor accessor)
{
    private const int Bytes = 16;
    private static readonly object Key = new();

    public string? Value => accessor.HttpContext is { } http ? Of(http) : null;

    /// <summary>The request's nonce, made when it is first asked for; error pages, which render in a scope of their own, get the same.</summary>
    public static string Of(HttpContext http)
    {
        if (http.Items[Key] is not string nonce)
            http.Items[Key] = nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        return nonce;
    }
}
