using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;

namespace FinConsole.Core.Audit.Verification;

/// <summary>Lists whose rows there are in the tables beside the entries, which are counted, and the register, which is sealed.</summary>
internal static class StoredOwners
{
    private static readonly string[] Tables = ["AuditHeads", "AuditVolumes", "AuditVolumeMarks", "OnceRecords"];

    /// <summary>Each owner once, over all rows of the tables, whatever their indexes say.</summary>
    public static Task<List<StoredOwner>> ReadAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        context.ReadStoredAsync(
            string.Join(" UNION ", Tables.Select(table => $"SELECT \"TenantId\" FROM \"{table}\" {context.Dialect.WithoutIndex}")), [],
            row => StoredOwner.Of(row, 0), cancellationToken);
}
