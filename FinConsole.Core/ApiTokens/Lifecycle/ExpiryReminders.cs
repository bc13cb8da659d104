using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <summary>Reminds a token's creator and the tenant's admins 14, 7, 3 and 1 days before it expires; 24-hour tokens need none.</summary>
public sealed class ExpiryReminders(ConsoleDb db, AuditedTransactions transactions, EmailQueue emails, ConsoleAddress address, TimeProvider time)
{
    private const int MostAtOnce = 200;
    private static readonly int[] Days = [1, 3, 7, 14];

    /// <summary>Sends what is due, one email a token and person; answers for how many tokens.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        await RunEach.DoAsync(await FindDueAsync(cancellationToken), due => TryRemindAsync(due, cancellationToken));

    // A late run sends the nearest reminder alone, not each that was missed.
    private static int Threshold(DateTimeOffset expiresAt, DateTimeOffset now) => Days.First(days => expiresAt <= now.AddDays(days));

    private async Task<List<Due>> FindDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (one, three, seven, fourteen) = (now.AddDays(1), now.AddDays(3), now.AddDays(7), now.AddDays(14));
        await using var context = db.OpenForOperator();
        return await (
            from token in context.Set<ApiToken>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            join tenant in context.Set<Tenant>() on token.TenantId equals tenant.Id
            where tenant.ClosedAt == null && token.EndedAt == null && token.AcknowledgedAt != null && token.SuccessorId == null && token.OverlapEndsAt == null
                && token.Expiry != TokenExpiry.Hours24 && token.ExpiresAt > now
                && ((token.ExpiresAt <= fourteen && token.RemindedDays == null) || (token.ExpiresAt <= seven && token.RemindedDays > 7)
                    || (token.ExpiresAt <= three && token.RemindedDays > 3) || (token.ExpiresAt <= one && token.RemindedDays > 1))
            orderby token.ExpiresAt
            select new Due(token.TenantId, token.Id, token.Name, token.ExpiresAt, token.CreatedById, token.RemindedDays)).Take(MostAtOnce).ToListAsync(cancellationToken);
    }

    private async Task<bool> TryRemindAsync(Due due, CancellationToken cancellationToken)
    {
        await using var transaction = await transactions.BeginUnguardedAsync(Actor.System(due.TenantId, "expiry reminders"), cancellationToken);
        var days = Threshold(due.ExpiresAt, transaction.Now);

        // Compare-and-set: of several instances one sends.
        var mine = await transaction.Db.Set<ApiToken>().Where(token => token.Id == due.TokenId && token.RemindedDays == due.Reminded && token.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.RemindedDays, days), cancellationToken);
        if (mine == 0)
            return false;

        var people = await transaction.Db.Set<ConsoleUser>()
            .Where(member => member.DeactivatedAt == null && (member.Id == due.CreatedById || member.Role == Role.TenantAdmin))
            .Select(member => new { member.Email, member.DisplayName }).ToListAsync(cancellationToken);
        transaction.Audit(AuditAction.TokenRemind, TokenRows.Subject(due.TokenId, due.Name), new AuditDetails().With(AuditField.DaysLeft, days).With(AuditField.Count, people.Count));
        await transaction.CommitAsync(cancellationToken);
        foreach (var person in people)
            emails.Enqueue(TokenEmails.Expiring(person.Email!, person.DisplayName, due.Name, due.ExpiresAt, days, address.Of("/settings/api-connections/tokens")));
        return true;
    }

    private sealed record Due(Guid TenantId, Guid TokenId, string Name, DateTimeOffset ExpiresAt, Guid CreatedById, int? Reminded);
}
