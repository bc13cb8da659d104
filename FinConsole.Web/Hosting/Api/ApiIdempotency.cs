using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Reads <c>Idempotency-Key</c> on routes that create or rotate, and fingerprints the request that it came with.</summary>
internal static class ApiIdempotency
{
    private const string Header = "Idempotency-Key";
    private static readonly object Sent = new();
    private static readonly object Known = new();

    public static readonly ApiProblem MalformedKey = ApiProblem.Malformed with
    {
        Code = "malformed_idempotency_key",
        Title = Texts.Format(ApiErrorTexts.MalformedKey, Header, IdempotencyKey.LongestKey),
        Errors = new Dictionary<string, string> { [Header] = Texts.Format(ApiErrorTexts.MalformedKeyField, IdempotencyKey.LongestKey) },
    };

    /// <summary>The request's key; null where it carries none or the route takes none.</summary>
    public static IdempotencyKey? Of(HttpContext http) => http.Items[Known] as IdempotencyKey;

    /// <summary>Notes the key before the body is bound, for routes that declare <see cref="AcceptsIdempotencyKey"/>; a refusal for a malformed one.</summary>
    public static ApiProblem? Note(HttpContext http)
    {
        var sent = http.Request.Headers[Header];
        if (sent.Count == 0)
            return null;
        if (sent is not [{ Length: > 0 and <= IdempotencyKey.LongestKey } key] || SecretText.IsIn(key) || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return MalformedKey;
        http.Items[Sent] = key;
        return null;
    }

    /// <summary>An endpoint filter: the body has been bound, and the handler has not run yet.</summary>
    public static async ValueTask<object?> FingerprintAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Items[Sent] is string key)
            http.Items[Known] = new IdempotencyKey(key, await http.RequestServices.GetRequiredService<RequestFingerprint>().OfAsync(http, context.Arguments));
        return await next(context);
    }
}

/// <summary>Marks routes on which a repeated <c>Idempotency-Key</c> has one effect.</summary>
internal sealed class AcceptsIdempotencyKey;
