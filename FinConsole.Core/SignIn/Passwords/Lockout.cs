using System.Linq.Expressions;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.Passwords;

/// <summary>
/// Counts failures before the password is looked at: a try takes its place in the count with one atomic UPDATE, which only an
/// unlocked account grants, and gives it back when the password was right. However many tries arrive at once, five are evaluated.
/// Five failures lock for 1 minute, each further one for 2, 4, 8, then 15; a hundred until an admin or a reset.
/// </summary>
/// <remarks>
/// Where a second factor is asked for, the password alone clears nothing: the code takes a place of its own, and only a whole
/// sign-in forgets earlier failures.
/// </remarks>
internal static class Lockout
{
    public const int FirstLockAfter = 5;
    public const int HardStopAfter = 100;

    /// <summary>When a hard stop ends: not by itself.</summary>
    public static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    /// <summary>Takes a place in the count; null while the account is locked or deactivated.</summary>
    public static async Task<LockoutPlace?> TryTakeAsync(ConsoleDbContext context, Guid memberId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The row stays locked until the commit, so what is read back is what this place did, and no later one.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var taken = await context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            .Where(member => member.Id == memberId && member.DeactivatedAt == null && (member.LockoutEnd == null || member.LockoutEnd <= now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(member => member.AccessFailedCount, member => member.AccessFailedCount + 1).SetProperty(member => member.LockoutEnd, LockAfter(now)),
                cancellationToken);
        var locked = await context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            .Where(member => member.Id == memberId).Select(member => member.LockoutEnd).SingleOrDefaultAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken == 1 ? new LockoutPlace(locked) : null;
    }

    /// <summary>
    /// Gives a place back: the password was right, but a second factor is still to come. Failures before it stay counted, or whoever
    /// knows the password could guess codes without end; a lock that this place itself set is lifted.
    /// </summary>
    public static Task GiveBackAsync(ConsoleDbContext context, Guid memberId, LockoutPlace place, CancellationToken cancellationToken) =>
        context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            .Where(member => member.Id == memberId && member.AccessFailedCount > 0)
            .ExecuteUpdateAsync(
                set => set.SetProperty(member => member.AccessFailedCount, member => member.AccessFailedCount - 1)
                    .SetProperty(member => member.LockoutEnd, member => member.LockoutEnd == place.LockedUntil ? null : member.LockoutEnd),
                cancellationToken);

    /// <summary>Forgets all failures: the password was right, or was reset.</summary>
    public static Task ClearAsync(ConsoleDbContext context, Guid memberId, CancellationToken cancellationToken) =>
        context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            .Where(member => member.Id == memberId && (member.AccessFailedCount != 0 || member.LockoutEnd != null))
            .ExecuteUpdateAsync(
                set => set.SetProperty(member => member.AccessFailedCount, 0).SetProperty(member => member.LockoutEnd, (DateTimeOffset?)null),
                cancellationToken);

    private static Expression<Func<ConsoleUser, DateTimeOffset?>> LockAfter(DateTimeOffset now)
    {
        DateTimeOffset? minute = now.AddMinutes(1), two = now.AddMinutes(2), four = now.AddMinutes(4), eight = now.AddMinutes(8), fifteen = now.AddMinutes(15);
        DateTimeOffset? never = Never;
        return member =>
            member.AccessFailedCount + 1 < FirstLockAfter ? null
            : member.AccessFailedCount + 1 == FirstLockAfter ? minute
            : member.AccessFailedCount + 1 == FirstLockAfter + 1 ? two
            : member.AccessFailedCount + 1 == FirstLockAfter + 2 ? four
            : member.AccessFailedCount + 1 == FirstLockAfter + 3 ? eight
            : member.AccessFailedCount + 1 < HardStopAfter ? fifteen
            : never;
    }
}

/// <summary>A place in the count of failures.</summary>
/// <param name="LockedUntil">The lock that taking it set, against later tries; null for the first four.</param>
internal sealed record LockoutPlace(DateTimeOffset? LockedUntil);
