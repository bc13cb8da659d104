using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>Saves where a new row that the database drops without an error is a sign that somebody altered the database.</summary>
internal static class KeptRows
{
    /// <exception cref="AuditChainBrokenException">
    /// The database dropped a new row. Npgsql counts the rows of an INSERT; on other databases those that matter are read back.
    /// </exception>
    public static async Task SaveKeptAsync(this ConsoleDbContext context, string message, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException conflict) when (conflict.Entries.Any(entry => entry.State == EntityState.Added))
        {
            throw new AuditChainBrokenException(message);
        }
    }
}
