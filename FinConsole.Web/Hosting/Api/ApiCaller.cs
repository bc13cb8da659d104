using System.Net;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Members;
using FinConsole.Core.ServiceTokens;
using FinConsole.Core.Tenants;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Whose credential a request carries, verified; handlers take it as a parameter.</summary>
public sealed class ApiCaller
{
    private readonly HttpContext _http;
    private readonly Actor? _member;
    private readonly ServiceTokenFacts? _service;

    private ApiCaller(HttpContext http, TokenEntry? token, Actor? member, ServiceTokenFacts? service) => (_http, Token, _member, _service) = (http, token, member, service);

    /// <summary>The tenant's token; null for a member and a service.</summary>
    public TokenEntry? Token { get; }

    /// <summary>Whose data it is about; the operator's for a service.</summary>
    public Guid TenantId => Token?.TenantId ?? _member?.TenantId ?? Tenant.Operator;

    /// <summary>What a member is in the tenant; null for all others.</summary>
    public Role? Role { get; private init; }

    /// <summary>Of a member's tenant; null for all others.</summary>
    public string? TenantName { get; private init; }

    public bool IsMember => _member is not null;

    /// <summary>The session of a member's access token; null for all others.</summary>
    public Guid? SessionId => _member?.SessionId;

    public bool IsService => _service is not null;

    public static ApiCaller OfToken(HttpContext http, TokenEntry token) => new(http, token, null, null);

    public static ApiCaller OfService(HttpContext http, ServiceTokenFacts service) => new(http, null, null, service);

    /// <summary>A member by their access token.</summary>
    public static ApiCaller Of(HttpContext http, Actor member, Role role, string tenantName) => new(http, null, member, null) { Role = role, TenantName = tenantName };

    /// <summary>The client's address; behind a configured proxy the one that it forwards for.</summary>
    public static IPAddress? AddressOf(HttpContext http) => http.Connection.RemoteIpAddress;

    /// <summary>Who asks, for use cases. Of a token it takes a query for the name that the audit log shows.</summary>
    public async ValueTask<Actor> ActorAsync()
    {
        if ((_member ?? _service?.ActAs(RequestOrigins.Of(_http))) is { } known)
            return known with { Idempotency = ApiIdempotency.Of(_http) };
        var describe = _http.RequestServices.GetRequiredService<DescribeToken>();
        var actor = await describe.ActAsync(Token!, ScopePermissions.Of(Token!.Scopes), RequestOrigins.Of(_http), _http.RequestAborted);
        return actor with { Idempotency = ApiIdempotency.Of(_http) };
    }

    /// <summary>The caller that the gate let in.</summary>
    public static ValueTask<ApiCaller?> BindAsync(HttpContext http) => new(http.Features.Get<ApiCaller>());
}
