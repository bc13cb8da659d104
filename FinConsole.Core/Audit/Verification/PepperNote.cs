using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;

namespace FinConsole.Core.Audit.Verification;

/// <summary>
/// Whether the database still notes the pepper that it was begun under. Without the note no program starts on it, so verification
/// reports its loss while there is still a running program or a command to say so.
/// </summary>
public sealed class PepperNote(ConsoleDb db, Pepper pepper)
{
    /// <summary>What lists of findings call it.</summary>
    public const string Name = ReservedNames.Pepper;

    /// <returns>What is wrong with the note; null where it is that of the configured pepper.</returns>
    public async Task<AuditFault?> FindFaultAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var facts = await context.ReadStoredAsync(
            """SELECT "Name", "Value" FROM "InstanceFacts" """, [], row => (Name: row.Text(0), Value: row.Text(1)), cancellationToken);
        var notes = facts.Where(fact => fact.Name == InstanceFact.PepperFingerprint).Select(fact => fact.Value).ToList();
        return notes switch
        {
            [] => new AuditFault(0, AuditFaultKind.PepperNoteMissing),
            [var note] when note == pepper.Fingerprint => null,
            _ => new AuditFault(0, AuditFaultKind.PepperNoteForeign),
        };
    }
}
