using FinConsole.Core.Data;

namespace FinConsole.Core.Audit.Verification;

/// <summary>Whose some row is.</summary>
/// <param name="TenantId">Null where the column holds no id as this program writes it.</param>
/// <param name="Name">The id, or what the column holds instead.</param>
internal sealed record StoredOwner(Guid? TenantId, string Name)
{
    public static StoredOwner Of(StoredRow row, int column)
    {
        var id = row.Id(column);
        return row.Canonical ? new StoredOwner(id, id.ToString("D")) : new StoredOwner(null, row.Raw(column));
    }
}

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
