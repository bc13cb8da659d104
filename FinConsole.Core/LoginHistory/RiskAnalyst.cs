using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.LoginHistory.RiskRules;
using FinConsole.Core.Policies;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory;

/// <summary>
/// Evaluates attempts after they were written, in the order of their writing: recording costs a sign-in its own insert and nothing else.
/// Every look at the past reads the rows themselves, so that no burst outruns it. One instance at a time does this (<see cref="RiskWorker"/>).
/// </summary>
public sealed class RiskAnalyst(ConsoleDb db, WriteQueue queue, ChangeFeed feed, TimeProvider time)
{
    private const int BatchSize = 100;

    /// <summary>Evaluates what waits, at most a hundred rows; returns how many it found.</summary>
    /// <exception cref="AggregateException">Some could not be evaluated, and wait on; the others are.</exception>
    public async Task<int> EvaluatePendingAsync(CancellationToken cancellationToken)
    {
        List<LoginAttempt> waiting;
        await using (var context = db.OpenForOperator())
        {
            waiting = await context.Set<LoginAttempt>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).AsNoTracking()
                .Where(attempt => attempt.Level == null).OrderBy(attempt => attempt.Id).Take(BatchSize).ToListAsync(cancellationToken);
        }

        await RunEach.DoAsync(waiting.GroupBy(attempt => attempt.TenantId), ofTenant => EvaluateAsync(ofTenant.Key, ofTenant, cancellationToken));
        return waiting.Count;
    }

    // One attempt that cannot be evaluated keeps no other from it; what was evaluated is told, whatever became of the rest.
    private async Task<bool> EvaluateAsync(Guid tenantId, IEnumerable<LoginAttempt> attempts, CancellationToken cancellationToken)
    {
        RiskPolicy policy;
        await using (var context = db.Open(tenantId))
            policy = (await TenantPolicy.ReadAsync(context, cancellationToken)).Risk;
        var any = false;
        try
        {
            await RunEach.DoAsync(attempts, async attempt =>
            {
                await using var context = db.Open(tenantId);
                await EvaluateAsync(context, attempt, policy, cancellationToken);
                return any = true;
            });
        }
        finally
        {
            if (any)
                await AnnounceAsync(tenantId, cancellationToken);
        }

        return any;
    }

    private async Task EvaluateAsync(ConsoleDbContext context, LoginAttempt attempt, RiskPolicy policy, CancellationToken cancellationToken)
    {
        if (attempt.Outcome == LoginOutcome.SignedOut)
        {
            await KeepAsync(context, attempt, new RiskFindings(RiskReasons.None, RiskReasons.None, null), RiskLevel.None, 0, null, cancellationToken);
            return;
        }

        var zone = await AttemptHistory.ZoneOfAsync(context, attempt.MemberId, cancellationToken);
        var facts = AttemptHistory.FactsOf(attempt, zone);
        var findings = RiskRuleBook.Evaluate(facts, await AttemptHistory.PastOfAsync(context, attempt, facts, cancellationToken));
        var score = policy.ScoreOf(findings.Flagged);
        await KeepAsync(context, attempt, findings, policy.LevelOf(score), score, facts, cancellationToken);
    }

    // Evaluation and lesson are one transaction, and only for the row as it was read: a second factor may have finished it meanwhile.
    private async Task KeepAsync(
        ConsoleDbContext context, LoginAttempt attempt, RiskFindings findings, RiskLevel level, int score, AttemptFacts? facts, CancellationToken cancellationToken)
    {
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var kept = await context.Set<LoginAttempt>()
            .Where(row => row.Id == attempt.Id && row.Level == null && row.Outcome == attempt.Outcome)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Level, level).SetProperty(row => row.Score, score).SetProperty(row => row.Flagged, findings.Flagged)
                    .SetProperty(row => row.Undecided, findings.Undecided).SetProperty(row => row.Evidence, findings.Evidence),
                cancellationToken);
        if (kept == 1 && facts is not null && attempt.Outcome.IsSuccess() && attempt.Way != SignInChannel.StepUp)
            await TraitLearning.LearnAsync(context, attempt, facts, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // One notice a tenant and batch: a flood of attempts is no flood of notices.
    private async Task AnnounceAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await ChangeWriting.WriteAsync(context, [(ChangeKind.LoginAttempt, tenantId)], time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Wake();
    }
}
