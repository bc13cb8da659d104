using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;

namespace FinConsole.Web.Policies;

/// <summary>What a policy would touch, as far as it differs from the one that holds.</summary>
/// <param name="Of">The policy in question.</param>
/// <param name="KeyBecomesOverdue">False when it ceases to be; null when nothing changes for it.</param>
/// <param name="Failed">Something could not be read.</param>
public sealed record PolicyEffect(
    PolicySettings Of, SessionLimitsPreview? Sessions = null, RotationPreview? Rotation = null, bool? KeyBecomesOverdue = null, RetentionPreview? Retention = null,
    RiskReplay? Replay = null, bool Failed = false)
{
    /// <summary>Whether it answers for this policy too.</summary>
    public bool IsFor(PolicySettings policy) =>
        (Of.Sessions, Of.Rotation, Of.LoginHistoryDays, Of.Risk).Equals((policy.Sessions, policy.Rotation, policy.LoginHistoryDays, policy.Risk));
}

/// <summary>Asks each feature what a policy would do to what is its own. Only what changed since the last question is asked again.</summary>
public sealed partial class PolicyEffects(
    PreviewSessionLimits sessions, PreviewRotation rotation, PreviewRetention retention, ReplayRisk replay, GetEncryptionKey keys, TimeProvider time, ILogger<PolicyEffects> logger)
{
    // Long enough that typing a figure asks once, short enough that nobody waits.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Waits until nothing was typed for a moment, then asks.</summary>
    public async Task<PolicyEffect> AskAsync(PolicySettings saved, PolicySettings chosen, PolicyEffect? last, Actor actor, CancellationToken cancellationToken)
    {
        await Task.Delay(Pause, time, cancellationToken);
        try
        {
            return await ReadAsync(saved, chosen, last is { Failed: false } ? last : null, actor, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogNotRead(failure);
            return new PolicyEffect(chosen, Failed: true);
        }
    }

    private async Task<PolicyEffect> ReadAsync(PolicySettings saved, PolicySettings chosen, PolicyEffect? last, Actor actor, CancellationToken cancellationToken)
    {
        var effect = new PolicyEffect(chosen);
        if (chosen.Sessions != saved.Sessions)
            effect = effect with { Sessions = last?.Of.Sessions == chosen.Sessions ? last.Sessions : (await sessions.HandleAsync(chosen.Sessions, actor, cancellationToken)).Value };
        if (chosen.Rotation != saved.Rotation)
        {
            effect = last?.Of.Rotation == chosen.Rotation
                ? effect with { Rotation = last.Rotation, KeyBecomesOverdue = last.KeyBecomesOverdue }
                : effect with
                {
                    Rotation = (await rotation.HandleAsync(chosen.Rotation, actor, cancellationToken)).Value,
                    KeyBecomesOverdue = await AskKeyAsync(chosen.Rotation.EncryptionKeyDays, actor, cancellationToken),
                };
        }

        if (chosen.LoginHistoryDays < saved.LoginHistoryDays)
        {
            effect = effect with
            {
                Retention = last?.Of.LoginHistoryDays == chosen.LoginHistoryDays ? last.Retention : (await retention.HandleAsync(chosen.LoginHistoryDays, actor, cancellationToken)).Value,
            };
        }

        if (chosen.Risk != saved.Risk)
            effect = effect with { Replay = last?.Of.Risk == chosen.Risk ? last.Replay : (await replay.HandleAsync(chosen.Risk, actor, cancellationToken)).Value };
        return effect;
    }

    private async Task<bool?> AskKeyAsync(int days, Actor actor, CancellationToken cancellationToken)
    {
        var key = await keys.HandleAsync(actor, cancellationToken);
        if (!key.Succeeded)
            return null;
        var (now, would) = (key.Value.IsOverdue(time.GetUtcNow()), key.Value.IsOverdue(time.GetUtcNow(), days));
        return now == would ? null : would;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What a policy would touch could not be read")]
    private partial void LogNotRead(Exception failure);
}
