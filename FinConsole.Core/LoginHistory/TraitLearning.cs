using System.Globalization;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory.RiskRules;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory;

/// <summary>Learns from sign-ins that succeeded, and forgets what somebody else's taught.</summary>
internal static class TraitLearning
{
    public static async Task LearnAsync(ConsoleDbContext context, LoginAttempt attempt, AttemptFacts facts, CancellationToken cancellationToken)
    {
        if (attempt.MemberId is not { } member)
            return;

        var shown = Shown(facts).ToList();
        var values = shown.Select(each => each.Value).ToList();
        var known = await context.Set<AccountTrait>().Where(trait => trait.MemberId == member && values.Contains(trait.Value)).ToListAsync(cancellationToken);
        foreach (var (kind, value) in shown)
        {
            if (known.Find(trait => trait.Kind == kind && trait.Value == value) is { } trait)
            {
                trait.Since = facts.At - trait.LastAt > ImpossibleTravel.Memory ? facts.At : trait.Since;
                trait.LastAt = facts.At > trait.LastAt ? facts.At : trait.LastAt;
                trait.SignIns++;
            }
            else
            {
                context.Add(new AccountTrait
                {
                    TenantId = context.TenantId,
                    MemberId = member,
                    Kind = kind,
                    Value = value,
                    SignIns = 1,
                    FirstAttemptId = attempt.Id,
                    Since = facts.At,
                    LastAt = facts.At,
                });
            }
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Forgets what nobody but this attempt, and those that followed in its steps, has shown.</summary>
    public static Task ForgetAsync(ConsoleDbContext context, Guid memberId, long attemptId, CancellationToken cancellationToken) =>
        context.Set<AccountTrait>().Where(trait => trait.MemberId == memberId && trait.FirstAttemptId == attemptId && trait.Kind != TraitKind.Hour).ExecuteDeleteAsync(cancellationToken);

    private static IEnumerable<(TraitKind Kind, string Value)> Shown(AttemptFacts facts)
    {
        if (facts.Ip is { } ip)
            yield return (TraitKind.Ip, ip);
        if (facts.Network is { } network)
            yield return (TraitKind.Network, network);
        if (facts.Country is { } country)
            yield return (TraitKind.Country, country);
        if (facts.Device is { } device)
            yield return (TraitKind.Device, device);
        if (facts.Hour is { } hour)
            yield return (TraitKind.Hour, hour.ToString(CultureInfo.InvariantCulture));
    }
}
