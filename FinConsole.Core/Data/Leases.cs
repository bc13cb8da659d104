using System.Data.Common;
using FinConsole.Core.Common;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Data;

/// <summary>Grants parts of the program to one instance at a time, by compare-and-set on a row.</summary>
public sealed class Leases(ConsoleDb db, WriteQueue queue, TimeProvider time)
{
    private readonly Guid _me = Ids.New(time);

    /// <summary>Takes or renews a lease; false while another instance holds it. Renewed when half of <paramref name="life"/> has passed, so that holding on costs no write each time.</summary>
    public async Task<bool> TryHoldAsync(string name, TimeSpan life, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = db.OpenForOperator();
        var held = await context.Set<Lease>().AsNoTracking().SingleOrDefaultAsync(lease => lease.Name == name, cancellationToken);
        if (held is not null && held.Holder == _me && held.Until - now > life / 2)
            return true;
        if (held is not null && held.Holder != _me && held.Until > now)
            return false;

        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        if (held is null)
            return await TryAddAsync(context, new Lease { Name = name, Holder = _me, Until = now + life }, cancellationToken);
        return await context.Set<Lease>().Where(lease => lease.Name == name && (lease.Holder == _me || lease.Until <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(lease => lease.Holder, _me).SetProperty(lease => lease.Until, now + life), cancellationToken) == 1;
    }

    private static async Task<bool> TryAddAsync(ConsoleDbContext context, Lease lease, CancellationToken cancellationToken)
    {
        try
        {
            context.Add(lease);
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && context.Dialect.IsUniqueViolation(inner))
        {
            return false;
        }
    }
}
