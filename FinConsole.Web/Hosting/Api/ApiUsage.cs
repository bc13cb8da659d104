using System.Collections.Concurrent;
using System.Net;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Usage;
using FinConsole.Core.Usage.Failures;
using FinConsole.Core.Usage.Recording;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Counts what tenants' tokens do at the API's own routes, and notes where a known token was refused. Nothing here waits.</summary>
internal sealed class ApiUsage(UsageRecorder recorder, TokenFailures failures, TimeProvider time)
{
    private readonly ConcurrentDictionary<Endpoint, string> _names = new();

    /// <summary>Remembers whose token came with the request, and notes it where verification refused it.</summary>
    public void Note(HttpContext http, in VerifiedToken verified)
    {
        if (verified.Token is not { } token)
            return;
        http.Features.Set(token);
        if (ReasonOf(verified) is { } reason)
            Refuse(http, token, reason);
    }

    /// <summary>Notes that verification refused a known token which somebody else asks about.</summary>
    /// <param name="http">Theirs.</param>
    /// <param name="verified">What verification said.</param>
    /// <param name="address">The end client's, where known.</param>
    public void NoteAskedAbout(HttpContext http, in VerifiedToken verified, IPAddress? address)
    {
        if (verified.Token is { } token && ReasonOf(verified) is { } reason)
            failures.Note(token.Id, token.TenantId, reason, RequestOrigins.Of(http) with { Ip = address?.ToString(), UserAgent = null });
    }

    /// <summary>Notes that a good token was refused by what the route asks for.</summary>
    public void Refuse(HttpContext http, TokenEntry token, TokenFailureReason reason) => failures.Note(token.Id, token.TenantId, reason, RequestOrigins.Of(http));

    /// <summary>Counts the request, now that it is answered: used where the gate let it in, else only counted.</summary>
    public void Count(HttpContext http)
    {
        // What routing answers by itself is no route of the API's.
        if (http.Features.Get<TokenEntry>() is not { } token || http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<ApiAccess>() is not { } access)
            return;
        var scope = access.Scope;
        recorder.Count(new UsageEvent(token.TenantId, token.Id, NameOf(endpoint), http.Response.StatusCode, ApiCaller.AddressOf(http), scope, time.GetUtcNow())
        {
            Accepted = http.Features.Get<ApiCaller>() is not null,
        });
    }

    /// <summary>Counts that a token was verified for a gateway or another of the operator's servers: how the request itself is answered is not known here.</summary>
    /// <param name="http">Theirs.</param>
    /// <param name="token">Accepted.</param>
    /// <param name="address">The end client's.</param>
    /// <param name="scope">What was asked for, and covered; null where nothing was.</param>
    public void CountVerified(HttpContext http, TokenEntry token, IPAddress? address, string? scope)
    {
        // Counted once, and not as a request to this route.
        http.Features.Set<TokenEntry>(null);
        if (http.GetEndpoint() is { } endpoint)
            recorder.Count(new UsageEvent(token.TenantId, token.Id, NameOf(endpoint), UsageEvent.VerificationOnly, address, scope, time.GetUtcNow()));
    }

    /// <summary>Why verification refused a known token; null where it didn't.</summary>
    public static TokenFailureReason? ReasonOf(in VerifiedToken verified) => verified.Verdict switch
    {
        TokenVerdict.Ended => TokenFailureReason.Ended,
        TokenVerdict.Disabled => TokenFailureReason.Disabled,
        TokenVerdict.Pending => TokenFailureReason.Pending,
        TokenVerdict.AddressNotAllowed => TokenFailureReason.IpNotAllowed,
        TokenVerdict.OwnerGone => verified.Token?.Tenant.Open == false ? TokenFailureReason.TenantClosed : TokenFailureReason.CashierInactive,
        TokenVerdict.Accepted or TokenVerdict.Malformed or TokenVerdict.Unknown or TokenVerdict.Unavailable => null,
    };

    // Method and template, without the templates' conditions: "GET /api/v1/tokens/{id}".
    private string NameOf(Endpoint endpoint) => _names.GetOrAdd(endpoint, static each =>
    {
        var method = each.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is [var first, ..] ? first : "GET";
        var parts = ((RouteEndpoint)each).RoutePattern.PathSegments
            .Select(segment => string.Concat(segment.Parts.Select(part => part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter
                ? $"{{{parameter.Name}}}"
                : ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart)part).Content)));
        return $"{method} /{string.Join('/', parts)}";
    });
}
