using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory;

/// <summary>What a shorter retention would delete.</summary>
/// <param name="Attempts">How many rows of login history; at most <see cref="PreviewRetention.Most"/>.</param>
/// <param name="OrMore">There are more: nobody counts millions for a preview.</param>
public sealed record RetentionPreview(int Attempts, bool OrMore);

/// <summary>Says how much of login history another retention would delete, before anybody saves it. Deletes nothing.</summary>
public sealed class PreviewRetention(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    public const int Most = 10_000;

    public async Task<Result<RetentionPreview>> HandleAsync(int days, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManagePolicy, new AuditSubject(AuditResource.Policy, actor.TenantId, "Policy"), cancellationToken) is { } refusal)
            return refusal;
        if (PolicyRules.CheckHistory(days) is { } fault)
            return fault;

        var before = LoginRetention.EndOfHistory(time.GetUtcNow(), days);
        await using var context = db.Open(actor.TenantId);
        var count = await context.Set<LoginAttempt>().Where(attempt => attempt.At < before)
            .OrderBy(attempt => attempt.At).Take(Most + 1).CountAsync(cancellationToken);
        return new RetentionPreview(Math.Min(count, Most), count > Most);
    }
}
