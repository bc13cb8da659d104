using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Reads <c>Idempotency-Key</c> on routes that create or rotate, and fingerprints what it came with.</summary>
internal static class ApiIdempotency
{
    private const string Header = "Idempotency-Key";
    private static readonly object Key = new();

    public static readonly ApiProblem MalformedKey = ApiProblem.Malformed with
    {
        Code = "malformed_idempotency_key",
        Title = Texts.Format(ApiErrorTexts.MalformedKey, Header, IdempotencyKey.LongestKey),
        Errors = new Dictionary<string, string> { [Header] = Texts.Format(ApiErrorTexts.MalformedKeyField, IdempotencyKey.LongestKey) },
    };

    /// <summary>The request's key; null where it carries none or the route takes none.</summary>
    public static IdempotencyKey? Of(HttpContext http) => http.Items[Key] as IdempotencyKey;

    /// <summary>Notes the key before the body is bound, for routes that declare <see cref="AcceptsIdempotencyKey"/>; a refusal for a malformed one.</summary>
    public static async Task<ApiProblem?> NoteAsync(HttpContext http)
    {
        var sent = http.Request.Headers[Header];
        if (sent.Count == 0)
            return null;
        if (sent is not [{ Length: > 0 and <= IdempotencyKey.LongestKey } key] || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return MalformedKey;

        // In memory as a whole: bodies hold passwords, which must not reach a temporary file.
        http.Request.EnableBuffering(ApiInput.LargestBody + 1);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"));
        var buffer = new byte[8192];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
            hash.AppendData(buffer, 0, read);
        http.Request.Body.Position = 0;
        CryptographicOperations.ZeroMemory(buffer);
        http.Items[Key] = new IdempotencyKey(key, hash.GetHashAndReset());
        return null;
    }
}

/// <summary>Marks routes on which a repeated <c>Idempotency-Key</c> has one effect.</summary>
internal sealed class AcceptsIdempotencyKey;
