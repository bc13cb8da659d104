using System.Globalization;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Policies;

namespace FinConsole.Web.Policies;

/// <summary>What a change of policy changes and touches, in sentences.</summary>
internal static class PolicyLabels
{
    public static IEnumerable<string> Changes(PolicyForm form) =>
        form.Changes.Select(setting => setting.Tell(setting.Read(form.Saved.Settings), form[setting.Field]));

    public static string MfaEffect(PolicyView saved) =>
        saved.ActorWithoutMfa ? $"{MfaEffectOnMembers(saved)} {(saved.MembersWithoutMfa == 1 ? PolicyTexts.MfaEffectOnlyOwn : PolicyTexts.MfaEffectOwn)}" : MfaEffectOnMembers(saved);

    private static string MfaEffectOnMembers(PolicyView saved) => saved.MembersWithoutMfa switch
    {
        0 => PolicyTexts.MfaEffectNone,
        1 => Texts.Format(PolicyTexts.MfaEffectOne, saved.Members),
        var without => Texts.Format(PolicyTexts.MfaEffect, without, saved.Members),
    };

    public static string Effect(SessionLimitsPreview preview)
    {
        var ending = Counted(preview.Ending, PolicyTexts.SessionsEndNone, PolicyTexts.SessionsEndOne, PolicyTexts.SessionsEnd);
        return preview.OwnEnds ? $"{ending} {PolicyTexts.SessionsEndOwn}" : ending;
    }

    /// <param name="tokens">What becomes of tokens.</param>
    /// <param name="key">What becomes of the key: true when it becomes overdue, false when it ceases to be.</param>
    public static string Effect(RotationPreview tokens, bool? key)
    {
        List<string> sentences = [];
        if (tokens.Becoming > 0)
            sentences.Add(Counted(tokens.Becoming, "", PolicyTexts.TokensBecomeOne, PolicyTexts.TokensBecome));
        if (tokens.Ceasing > 0)
            sentences.Add(Counted(tokens.Ceasing, "", PolicyTexts.TokensCeaseOne, PolicyTexts.TokensCease));
        if (sentences.Count == 0)
            sentences.Add(PolicyTexts.TokensSame);
        if (key is { } overdue)
            sentences.Add(overdue ? PolicyTexts.KeyBecomes : PolicyTexts.KeyCeases);
        return string.Join(' ', sentences);
    }

    public static string Effect(RetentionPreview preview, int days) => preview switch
    {
        { OrMore: true } => Texts.Format(PolicyTexts.HistoryMore, Number(days), Number(preview.Attempts)),
        { Attempts: 0 } => Texts.Format(PolicyTexts.HistoryNone, Number(days)),
        { Attempts: 1 } => Texts.Format(PolicyTexts.HistoryOne, Number(days)),
        _ => Texts.Format(PolicyTexts.HistoryMany, Number(days), Number(preview.Attempts)),
    };

    public static string Effect(RiskReplay replay) => replay.Changing == 0
        ? Texts.Format(PolicyTexts.ReplaySame, Number(replay.Now), Number(replay.HighNow))
        : Texts.Format(PolicyTexts.ReplaySum, Number(replay.Now), Number(replay.Then), Number(replay.HighNow), Number(replay.HighThen));

    public static string Caption(RiskReplay replay) =>
        replay.Changing == 1 ? PolicyTexts.ReplayRow
        : replay.Changing == replay.Newest.Count ? Texts.Format(PolicyTexts.ReplayAll, replay.Newest.Count)
        : Texts.Format(PolicyTexts.ReplayRows, replay.Newest.Count, Number(replay.Changing));

    public static string Window(int hours) => hours switch
    {
        0 => PolicyTexts.WindowNone,
        1 => PolicyTexts.WindowOne,
        _ => Texts.Format(PolicyTexts.WindowHours, hours),
    };

    private static string Counted(int count, string none, string one, string several) => count switch
    {
        0 => none,
        1 => one,
        _ => Texts.Format(several, Number(count)),
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
