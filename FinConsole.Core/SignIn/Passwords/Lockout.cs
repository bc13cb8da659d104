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
internal static class Lockout
{
    public const int FirstLockAfter = 5;
    public const int HardStopAfter = 100;

    /// <summary>When a hard stop ends: not by itself.</summary>
    public static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    /// <summary>Takes a place in the count; false while the account is locked or deactivated.</summary>
    public static async Task<bool> TryTakeAsync(ConsoleDbContext context, Guid memberId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var taken = await context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            .Where(member => member.Id == memberId && member.DeactivatedAt == null && (member.LockoutEnd == null || member.LockoutEnd <= now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(member => member.AccessFailedCount, member => member.AccessFailedCount + 1).SetProperty(member => member.LockoutEnd, LockAfter(now)),
                cancellationToken);
        return taken == 1;
    }

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
