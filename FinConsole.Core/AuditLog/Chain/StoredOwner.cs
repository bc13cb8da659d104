using FinConsole.Core.Data;

namespace FinConsole.Core.AuditLog.Chain;

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
