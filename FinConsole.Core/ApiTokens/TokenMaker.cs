using FinConsole.Core.Common;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.ApiTokens;

/// <summary>What a new token's row is made from.</summary>
internal sealed record TokenBlueprint(
    string Name, TokenEnvironment Environment, TokenExpiry Expiry, string Scopes, string Allowlist, string? Holder, Guid? HolderMemberId, Guid CashierId,
    TokenHandover Handover, Guid? PredecessorId = null, TokenOverlap Overlap = TokenOverlap.None)
{
    /// <summary>Where it is not <see cref="Expiry"/> from now.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool EndsPredecessorOnUse { get; init; }
}

/// <summary>Makes a token's secret and row. The secret leaves in the answer; the row keeps its lookup key.</summary>
internal sealed class TokenMaker(TokenLookup lookup, TimeProvider time)
{
    public (ApiToken Token, ApiTokenSecret Secret) Make(AuditedTransaction transaction, TokenBlueprint blueprint)
    {
        var secret = ApiTokenSecret.Generate(blueprint.Environment);
        var now = transaction.Now;
        var token = new ApiToken
        {
            Id = Ids.New(time),
            TenantId = transaction.Actor.TenantId,
            Name = blueprint.Name,
            NameKey = TokenInput.KeyOf(blueprint.Name),
            Environment = blueprint.Environment,
            Holder = blueprint.Holder,
            HolderMemberId = blueprint.HolderMemberId,
            Scopes = blueprint.Scopes,
            Allowlist = blueprint.Allowlist,
            CashierId = blueprint.CashierId,
            Expiry = blueprint.Expiry,
            CreatedAt = now,
            CreatedById = transaction.Actor.Id,
            CreatedBy = transaction.Actor.Name,
            ExpiresAt = blueprint.ExpiresAt ?? blueprint.Expiry.From(now),
            LookupKey = lookup.KeyOf(secret),
            Prefix = secret.Prefix,
            LastFour = secret.LastFour,
            PendingUntil = now + ApiToken.PendingLimit,
            AcknowledgedAt = blueprint.Handover == TokenHandover.Immediate ? now : null,
            PredecessorId = blueprint.PredecessorId,
            Overlap = blueprint.Overlap,
            EndsPredecessorOnUse = blueprint.EndsPredecessorOnUse,
        };
        return (token, secret);
    }
}
