using System.Net;

namespace FinConsole.Core.Usage;

/// <summary>One request that a tenant's token made.</summary>
/// <param name="TenantId">The token's tenant.</param>
/// <param name="TokenId">A token that exists.</param>
/// <param name="Endpoint">Method and route template, for example <c>GET /api/v1/tokens/{id}</c>: never the path itself, of which there are endless many.</param>
/// <param name="Status">The answer's status code, or <see cref="VerificationOnly"/>.</param>
/// <param name="Ip">Who called; null when nobody knows.</param>
/// <param name="Scope">The scope by which the request was allowed: the token's own, or the one that was asked for; null when none was needed.</param>
/// <param name="At">When.</param>
public readonly record struct UsageEvent(Guid TenantId, Guid TokenId, string Endpoint, int Status, IPAddress? Ip, string? Scope, DateTimeOffset At)
{
    /// <summary>The status of a request that was only verified here, for a gateway: the API's own answer is not known.</summary>
    public const int VerificationOnly = 0;

    /// <summary>False when the token itself was refused (ended, disabled, address, scope): counted, but the token was not used.</summary>
    public bool Accepted { get; init; } = true;
}
