using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Links;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.SecondFactor;

/// <summary>A sign-in that waits for its second factor, as it is found by its secret.</summary>
public sealed record FoundChallenge(Guid Id, Guid TenantId, Guid MemberId, string Email, string Name, string? Stamp, long AttemptId);

/// <summary>Issues challenges, finds them, and spends each once.</summary>
public sealed class SignInChallenges(ConsoleDb db, WriteQueue queue, LoginRecorder recorder, TimeProvider time)
{
    /// <summary>How long the second factor may take.</summary>
    public static readonly TimeSpan Life = SignInChallenge.Life;

    /// <summary>Begins to wait for the second factor, and writes the right password into login history at once: it may never come.</summary>
    internal async Task<Secret> IssueAsync(CheckedMember member, SignInChannel way, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var (secret, now) = (OneTimeLink.NewSecret(), time.GetUtcNow());
        await using var context = db.Open(member.TenantId);
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var attempt = recorder.Attempt(new AttemptedAccount(member.TenantId, member.Id, member.Email), way, LoginOutcome.MfaRequired, origin);
        context.Add(attempt);
        await context.SaveChangesAsync(cancellationToken);
        await context.Set<SignInChallenge>().Where(challenge => challenge.MemberId == member.Id && challenge.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        context.Add(new SignInChallenge
        {
            Id = Ids.New(time),
            TenantId = member.TenantId,
            MemberId = member.Id,
            Hash = OneTimeLink.HashOf(secret),
            Stamp = member.Stamp,
            AttemptId = attempt.Id,
            ExpiresAt = now + SignInChallenge.Life,
        });
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return secret;
    }

    /// <summary>The live challenge that carries this secret; null for a spent, expired or unknown one.</summary>
    public async Task<FoundChallenge?> FindAsync(Secret secret, CancellationToken cancellationToken)
    {
        var (hash, now) = (OneTimeLink.HashOf(secret), time.GetUtcNow());
        await using var context = db.OpenForOperator();
        return await (
            from challenge in context.Set<SignInChallenge>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            join member in context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]) on challenge.MemberId equals member.Id
            join tenant in context.Set<Tenant>() on challenge.TenantId equals tenant.Id
            where tenant.ClosedAt == null && member.DeactivatedAt == null
                && challenge.Hash == hash && challenge.SpentAt == null && challenge.ExpiresAt > now && member.SecurityStamp == challenge.Stamp
            select new FoundChallenge(challenge.Id, challenge.TenantId, challenge.MemberId, member.Email!, member.DisplayName, challenge.Stamp, challenge.AttemptId))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Spends the challenge; false when somebody did so before.</summary>
    internal static async Task<bool> TrySpendAsync(ConsoleDbContext context, Guid challengeId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.Set<SignInChallenge>().Where(challenge => challenge.Id == challengeId && challenge.SpentAt == null && challenge.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(challenge => challenge.SpentAt, now), cancellationToken) == 1;
}
