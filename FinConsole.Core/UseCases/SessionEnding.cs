using System.Linq.Expressions;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.UseCases;

/// <summary>Ends sessions inside a transaction, and has their live pages cut off after its commit.</summary>
public static class SessionEnding
{
    /// <summary>Ends those live sessions of the tenant that match; returns how many.</summary>
    public static async Task<int> EndAsync(AuditedTransaction transaction, Expression<Func<MemberSession, bool>> which, SessionEnd reason, CancellationToken cancellationToken)
    {
        var live = transaction.Db.Set<MemberSession>().Where(session => session.EndedAt == null).Where(which);
        var ids = await live.Select(session => session.Id).ToListAsync(cancellationToken);
        await live.ExecuteUpdateAsync(
            set => set.SetProperty(session => session.EndedAt, transaction.Now).SetProperty(session => session.EndReason, reason), cancellationToken);
        foreach (var id in ids)
            transaction.Announce(ChangeKind.SessionEnded, id);
        return ids.Count;
    }
}
