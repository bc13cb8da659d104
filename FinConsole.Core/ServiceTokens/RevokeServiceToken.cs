using FinConsole.Core.ApiTokens;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ServiceTokens;

/// <summary>Ends a service token at once and for good, for the operator's command line. Every running instance hears of it by the change table.</summary>
public sealed class RevokeServiceToken(ConsoleDb db, AuditedTransactions transactions)
{
    /// <param name="nameOrPrefix">Its name in any letter case, or its first eleven characters.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Its name, <see cref="ServiceTokenErrors.NotFound"/>, or <see cref="ServiceTokenErrors.Ambiguous"/>.</returns>
    public async Task<Result<string>> HandleAsync(string nameOrPrefix, CancellationToken cancellationToken)
    {
        if (PlainText.LineFault(nameOrPrefix, ServiceToken.LongestName) is not null)
            return ServiceTokenErrors.NotFound;
        var found = await FindAsync(PlainText.Clean(nameOrPrefix), cancellationToken);
        if (found.Count != 1)
            return found.Count == 0 ? ServiceTokenErrors.NotFound : ServiceTokenErrors.Ambiguous;

        var token = found[0];
        await using var transaction = await transactions.BeginUnguardedAsync(Actor.System(Tenant.Operator, "command line"), cancellationToken);
        var revoked = await transaction.Db.Set<ServiceToken>().Where(row => row.Id == token.Id && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, transaction.Now), cancellationToken);
        if (revoked == 0)
            return ServiceTokenErrors.NotFound;

        transaction.Audit(AuditAction.ServiceTokenRevoke, ServiceTokenSubject.Of(token), ServiceTokenSubject.DetailsOf(token));
        transaction.Announce(ChangeKind.ServiceToken, token.Id);
        await transaction.CommitAsync(cancellationToken);
        return token.Name;
    }

    // A name is somebody's own choice and may look like another's prefix: the name goes first.
    private async Task<List<ServiceToken>> FindAsync(string text, CancellationToken cancellationToken)
    {
        var key = ServiceTokenSubject.KeyOf(text);
        await using var context = db.OpenForOperator();
        var live = context.Set<ServiceToken>().AsNoTracking().Where(token => token.RevokedAt == null);
        var named = await live.Where(token => token.NameKey == key).ToListAsync(cancellationToken);
        return named.Count > 0 || text.Length != ApiTokenSecret.PrefixLength ? named : await live.Where(token => token.Prefix == text).ToListAsync(cancellationToken);
    }
}
