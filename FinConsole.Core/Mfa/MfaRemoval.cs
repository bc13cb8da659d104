using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Mfa;

/// <summary>Takes a member's second factor away, whoever decided so: authenticator, recovery codes, and every session but the actor's own.</summary>
public static class MfaRemoval
{
    /// <summary>False when the member had none.</summary>
    internal static async Task<bool> RemoveAsync(AuditedTransaction transaction, Guid memberId, CancellationToken cancellationToken)
    {
        var stamp = Base62.Random(32);
        var had = await transaction.Db.Set<ConsoleUser>().Where(member => member.Id == memberId && member.TwoFactorEnabled)
            .ExecuteUpdateAsync(set => set.SetProperty(member => member.TwoFactorEnabled, false).SetProperty(member => member.SecurityStamp, stamp), cancellationToken) == 1;
        await transaction.Db.Set<TotpCredential>().Where(credential => credential.MemberId == memberId).ExecuteDeleteAsync(cancellationToken);
        await transaction.Db.Set<RecoveryCode>().Where(code => code.MemberId == memberId).ExecuteDeleteAsync(cancellationToken);
        if (!had)
            return false;

        var keep = transaction.Actor.SessionId;
        await SessionEnding.EndAsync(transaction, session => session.MemberId == memberId && session.Id != keep, SessionEnd.MfaChanged, cancellationToken);
        transaction.Announce(ChangeKind.Member, memberId);
        return true;
    }
}
