using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Api;

/// <summary>
/// Who may call a route of the HTTP API; every route declares it, and the program does not start with one that doesn't. It decides
/// before a body is read. Core asks again, at every use case.
/// </summary>
public sealed record ApiAccess
{
    /// <summary>Anybody; credentials are not even looked at.</summary>
    public static readonly ApiAccess Anonymous = new() { TakesAnybody = true };

    /// <summary>A member's JWT or a tenant's token, whatever they may do.</summary>
    public static readonly ApiAccess AnyCredential = new() { TakesTokens = true, Permission = Core.Common.Permission.UseOwnAccount };

    /// <summary>The operator's own servers, by service token.</summary>
    public static readonly ApiAccess Service = new() { TakesServices = true };

    private ApiAccess()
    {
    }

    public bool TakesAnybody { get; private init; }

    public bool TakesServices { get; private init; }

    public bool TakesTokens { get; private init; }

    public bool TakesMembers => Permission is not null;

    /// <summary>What a member must have; null where no member is let in.</summary>
    public Permission? Permission { get; private init; }

    /// <summary>The word that a token must carry; null where any token will do, or none.</summary>
    public string? Scope { get; private init; }

    /// <summary>A member's JWT is read from any of the three headers, as Fincept's calls send it.</summary>
    public bool JwtInAnyHeader { get; private init; }

    /// <summary>What the audit log calls a refusal by role.</summary>
    public (AuditAction Action, AuditSubject Subject) Audited { get; private init; } = (AuditAction.AccessRefused, new AuditSubject(AuditResource.Member, null, "Account"));

    internal ScopeSet NeededScopes { get; private init; }

    public static ApiAccess Member(Permission permission) => new() { Permission = permission };

    /// <summary>The same, with what the audit log says of a member whose role may not.</summary>
    public ApiAccess As(AuditAction action, AuditResource resource, string name) => this with { Audited = (action, new AuditSubject(resource, null, name)) };

    /// <summary>A token with this scope, and nobody else.</summary>
    public static ApiAccess Token(string scope) => new ApiAccess().OrScope(scope);

    /// <summary>Or a tenant's token with this scope.</summary>
    public ApiAccess OrScope(string scope) =>
        this with { TakesTokens = true, Scope = scope, NeededScopes = ScopeSet.Of(scope) ?? throw new ArgumentException($"There is no scope {scope}.", nameof(scope)) };

    public ApiAccess InAnyHeader() => this with { JwtInAnyHeader = true };
}
