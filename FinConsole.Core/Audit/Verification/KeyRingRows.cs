using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;

namespace FinConsole.Core.Audit.Verification;

/// <summary>The keys of the Data Protection ring.</summary>
public sealed class KeyRingRows(ConsoleDb db, KeyRingSeal seal) : ISealedRows
{
    /// <summary>What lists of findings call it.</summary>
    public const string Name = ReservedNames.KeyRing;

    string ISealedRows.Name => Name;

    /// <returns>A fault for each row that this installation did not write.</returns>
    public async Task<IReadOnlyList<AuditFault>> FindFaultsAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var rows = await KeyRingRow.ReadAsync(context, cancellationToken);
        return [.. rows.Where(row => seal.Open(row.Xml) is null).Select(row => new AuditFault(row.Id, AuditFaultKind.KeyRingForeign))];
    }
}
