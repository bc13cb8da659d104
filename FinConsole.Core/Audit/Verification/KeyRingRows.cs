using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;

namespace FinConsole.Core.Audit.Verification;

/// <summary>
/// Whether somebody put rows into the key ring, or altered some. The program ignores them; verification says that somebody tried.
/// </summary>
public sealed class KeyRingRows(ConsoleDb db, KeyRingSeal seal)
{
    /// <summary>What lists of findings call it.</summary>
    public const string Name = ReservedNames.KeyRing;

    /// <returns>A fault for each row that this installation did not write.</returns>
    public async Task<IReadOnlyList<AuditFault>> FindFaultsAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var rows = await KeyRingRow.ReadAsync(context, cancellationToken);
        return [.. rows.Where(row => seal.Open(row.Xml) is null).Select(row => new AuditFault(row.Id, AuditFaultKind.KeyRingForeign))];
    }
}
