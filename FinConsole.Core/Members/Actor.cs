using FinConsole.Core.Common;

namespace FinConsole.Core.Members;

/// <summary>Who does something: kept with every audit entry under the name it had at the time. Stored by number.</summary>
public enum ActorKind
{
    Account = 1,
    Token = 2,
    System = 3,

    /// <summary>A server of the operator's own, by its service token: of no tenant.</summary>
    Service = 4,
}

/// <summary>
/// Who asks for a use case, and from where. It only names the asker: the right itself is read from the database each time,
/// since a circuit may outlive the role or the session that it began with.
/// </summary>
/// <param name="Kind">Account, token or the program itself.</param>
/// <param name="TenantId">The tenant in whose data the use case works.</param>
/// <param name="Id">The account's or token's id; empty for the program.</param>
/// <param name="Name">The account's email, the token's name, or the program's part.</param>
/// <param name="SessionId">The signed-in session, for accounts in a browser.</param>
/// <param name="Origin">Network address and browser.</param>
public sealed record Actor(ActorKind Kind, Guid TenantId, Guid Id, string Name, Guid? SessionId, RequestOrigin Origin)
{
    /// <summary>What a token or service may do by its scopes, as they were verified with this very request; null for accounts, whose role is read anew.</summary>
    public IReadOnlySet<Permission>? Granted { get; init; }

    /// <summary>Makes what this actor asks for happen once, however often it is asked for; null where nobody minds.</summary>
    public IdempotencyKey? Idempotency { get; init; }

    /// <summary>The program acting by itself, for example a sweep.</summary>
    public static Actor System(Guid tenantId, string part) => new(ActorKind.System, tenantId, Guid.Empty, part, null, RequestOrigin.None);
}

/// <summary>From where a request came.</summary>
/// <param name="Ip">IPv4 or IPv6 in canonical text, from configured proxies alone when forwarded; null when there is none.</param>
/// <param name="UserAgent">As sent, cut to 512 characters.</param>
/// <param name="CorrelationId">Ties together everything that one request or page event did.</param>
public sealed record RequestOrigin(string? Ip, string? UserAgent, string CorrelationId)
{
    public const int LongestUserAgent = 512;

    public static readonly RequestOrigin None = new(null, null, "");
}

/// <summary>A client's <c>Idempotency-Key</c> and what it came with (api.md).</summary>
/// <param name="Key">1 to 255 characters.</param>
/// <param name="Fingerprint">SHA-256 of the request without its secrets: the same key with another fingerprint is refused.</param>
public sealed record IdempotencyKey(string Key, byte[] Fingerprint)
{
    public const int LongestKey = 255;
}
