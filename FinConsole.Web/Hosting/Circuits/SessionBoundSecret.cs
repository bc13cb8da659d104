using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>
/// Makes a secret of the framework's, which counts for whoever knows it, count in one session alone: what the browser is given ends with a
/// code over the secret and the session, so that nothing has to be kept.
/// </summary>
internal static class SessionBoundSecret
{
    // Connections and circuits live in this process, and no longer than it.
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static string Bind(string secret, Guid session)
    {
        var code = HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes($"{session:N} {secret}"));
        return $"{secret}.{WebEncoders.Base64UrlEncode(code)}";
    }

    /// <summary>The secret, or null where <paramref name="bound"/> was not given out in this session.</summary>
    public static string? Unbind(string? bound, Guid session)
    {
        if (bound is null || bound.LastIndexOf('.') is not (> 0 and var end))
            return null;
        var secret = bound[..end];
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Bind(secret, session)), Encoding.UTF8.GetBytes(bound)) ? secret : null;
    }
}
