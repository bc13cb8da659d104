using System.Runtime.CompilerServices;
using FinConsole.Core.AuditLog.Chain;

namespace FinConsole.Core.Audit.Verification;

/// <summary>Rows of one kind that each say that this installation wrote them.</summary>
public interface ISealedRows
{
    /// <summary>What lists of findings call them.</summary>
    string Name { get; }

    /// <returns>A fault for each row that this installation did not write.</returns>
    Task<IReadOnlyList<AuditFault>> FindFaultsAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Whether somebody put rows among those that are sealed, or altered some. The program ignores them; verification says that somebody tried.
/// </summary>
public sealed class SealedRows(IEnumerable<ISealedRows> kinds)
{
    public async IAsyncEnumerable<ChainReport> FindFaultsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var kind in kinds)
        {
            foreach (var fault in await kind.FindFaultsAsync(cancellationToken))
                yield return new ChainReport(kind.Name, false, new AuditVerdict(0, fault));
        }
    }
}
