using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Links;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.Passwords;

/// <summary>What setting a password always does, however one got to it: the rules, the hash, a new stamp, the end of other sessions and of mailed links.</summary>
public sealed class NewPassword(PasswordHashing hashing)
{
    /// <summary>The hash of a password that satisfies the rules for its owner, or why it does not.</summary>
    public async Task<Result<string>> HashAsync(Secret password, PasswordOwner owner, CancellationToken cancellationToken)
    {
        if (PasswordRules.Evaluate(password, owner).Refusal is { } why)
            return SignInErrors.WeakPassword(why).On(nameof(NewPassword));

        using var place = await hashing.EnterAsync(cancellationToken);
        return place is null ? SignInErrors.Busy : await place.HashAsync(password);
    }

    /// <summary>Sets the hash, forgets failures, ends all of the member's sessions but the actor's own, and spends the links that were mailed before.</summary>
    internal static async Task SetAsync(AuditedTransaction transaction, Guid memberId, string hash, CancellationToken cancellationToken)
    {
        var stamp = Base62.Random(32);
        await transaction.Db.Set<ConsoleUser>().Where(member => member.Id == memberId).ExecuteUpdateAsync(
            set => set.SetProperty(member => member.PasswordHash, hash).SetProperty(member => member.SecurityStamp, stamp)
                .SetProperty(member => member.PasswordChangedAt, transaction.Now).SetProperty(member => member.MustResetPassword, false).SetProperty(member => member.AccessFailedCount, 0)
                .SetProperty(member => member.LockoutEnd, (DateTimeOffset?)null),
            cancellationToken);
        var keep = transaction.Actor.SessionId;
        await SessionEnding.EndAsync(transaction, session => session.MemberId == memberId && session.Id != keep, SessionEnd.PasswordChanged, cancellationToken);
        // Who knew the former password, or reads the mailbox, may hold one: a new address would let them ask for the next password.
        await OneTimeLinks.SpendAllAsync(transaction, link => link.MemberId == memberId, cancellationToken);
    }

    /// <summary>Whose password it will be; null for a member who is not there or deactivated.</summary>
    internal static Task<PasswordOwner?> FindOwnerAsync(Data.ConsoleDbContext context, Guid memberId, CancellationToken cancellationToken) => (
        from member in context.Set<ConsoleUser>()
        join tenant in context.Set<Tenant>() on member.TenantId equals tenant.Id
        where member.Id == memberId && member.DeactivatedAt == null && tenant.ClosedAt == null
        select new PasswordOwner(member.DisplayName, member.Email!, tenant.Name, member.TwoFactorEnabled)).SingleOrDefaultAsync(cancellationToken)!;
}
