using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <summary>
/// Ends a token for whoever shows its text (RFC 7009): nobody but its holder has it, or somebody who should not. Whatever state it is in, and
/// from whatever address: a secret that turned up where it does not belong is ended by whoever finds it.
/// </summary>
public sealed class RevokeApiToken(VerifyApiToken verify, DescribeToken describe, AuditedTransactions transactions)
{
    private static readonly IReadOnlySet<Permission> None = new HashSet<Permission>();

    /// <summary>Ending what has ended, or what never was, is no error and leaves no entry.</summary>
    /// <param name="text">The whole token.</param>
    /// <param name="service">The operator's server that asks; null where the token asks for its own end.</param>
    /// <param name="origin">From where.</param>
    /// <param name="cancellationToken">Gives up; what is committed stays.</param>
    /// <returns>False when the database has been away for too long to tell whose token it is.</returns>
    public async Task<bool> HandleAsync(string text, Actor? service, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var verified = await verify.HandleAsync(text, null, cancellationToken);
        if (verified.Token is not { State: not TokenState.Ended } known)
            return verified.Verdict != TokenVerdict.Unavailable;

        var actor = service is null
            ? await describe.ActAsync(known, None, origin, cancellationToken)
            : service with { TenantId = known.TenantId };
        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        if (await TokenRows.LockAsync(transaction, known.Id, cancellationToken) is { } token
            && (await TokenInvalidation.TryEndAsync(transaction, token, InvalidationReason.NoLongerNeeded, null, cancellationToken)).Changed)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return true;
    }
}
