using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;

namespace FinConsole.Core.Audit.Search;

/// <summary>Something to put in the place of the word that is being typed.</summary>
/// <param name="Text">The whole word: "action:token.rotate".</param>
/// <param name="Hint">What it is, in a few words; empty where the word says it itself.</param>
/// <param name="Goes">True when more is to be typed behind it, so that no blank follows.</param>
public sealed record AuditSuggestion(string Text, string Hint, bool Goes = false);

/// <summary>What fits the word at the caret.</summary>
/// <param name="Start">Where that word begins.</param>
/// <param name="Length">Its length.</param>
/// <param name="Items">Best first.</param>
public sealed record AuditSuggestionList(int Start, int Length, IReadOnlyList<AuditSuggestion> Items)
{
    /// <summary>The search with a suggestion taken, and where the caret stands then.</summary>
    public (string Text, int Caret) Take(string text, AuditSuggestion suggestion)
    {
        var before = text[..Start] + suggestion.Text;
        var after = text[(Start + Length)..];
        if (!suggestion.Goes && !after.StartsWith(' '))
            before += " ";
        return (before + after, before.Length);
    }
}

/// <summary>Suggests while somebody types: fields, then what may stand behind them. No query; the names are given.</summary>
public static class AuditSuggestions
{
    public const int Most = 8;

    private static readonly (string Field, string Hint)[] Fields =
    [
        (AuditFields.Action, AuditSearchTexts.HintAction),
        (AuditFields.Actor, AuditSearchTexts.HintActor),
        (AuditFields.Resource, AuditSearchTexts.HintResource),
        (AuditFields.Result, AuditSearchTexts.HintResult),
        (AuditFields.Ip, AuditSearchTexts.HintIp),
        (AuditFields.Since, AuditSearchTexts.HintSince),
        (AuditFields.Until, AuditSearchTexts.HintUntil),
        (AuditFields.Id, AuditSearchTexts.HintId),
    ];

    private static readonly (string Text, string Hint)[] Times =
    [
        ("1h", AuditSearchTexts.LastHour),
        ("24h", AuditSearchTexts.LastDay),
        ("7d", AuditSearchTexts.LastWeek),
        ("30d", AuditSearchTexts.Last30Days),
        ("90d", AuditSearchTexts.Last90Days),
        ("52w", AuditSearchTexts.LastYear),
    ];

    public static AuditSuggestionList Of(string text, int caret, AuditNames names)
    {
        caret = Math.Clamp(caret, 0, text.Length);
        var start = WordStart(text, caret);
        var word = text[start..caret];
        var minus = word.StartsWith('-') ? "-" : "";
        var typed = word[minus.Length..];
        var colon = typed.IndexOf(':', StringComparison.Ordinal);
        var items = colon < 0
            ? OfFields(typed, minus)
            : Values(typed[..colon].ToLowerInvariant(), typed[(colon + 1)..].Trim('"'), names).Select(item => item with { Text = minus + item.Text });
        return new AuditSuggestionList(start, caret - start, [.. items.Where(item => item.Text != word).Take(Most)]);
    }

    private static IEnumerable<AuditSuggestion> OfFields(string typed, string minus)
    {
        foreach (var (field, hint) in Fields.Where(each => each.Field.StartsWith(typed, StringComparison.OrdinalIgnoreCase)))
            yield return new AuditSuggestion($"{minus}{field}:", hint, Goes: true);
        if (typed.Length < 2)
            yield break;
        // Who begins with the action itself need not know the field.
        foreach (var action in AuditActions.All.Where(action => action.Name().Split('.', '-').Any(part => part.StartsWith(typed, StringComparison.OrdinalIgnoreCase))))
            yield return new AuditSuggestion($"{minus}{AuditFields.Action}:{action.Name()}", "");
    }

    private static IEnumerable<AuditSuggestion> Values(string field, string typed, AuditNames names) => field switch
    {
        AuditFields.Action => Fitting(Actions(), typed)
            .Select(word => new AuditSuggestion($"{field}:{word}", word.Contains('.') ? "" : Texts.Format(AuditSearchTexts.EveryAction, word))),
        AuditFields.Result => Fitting(["success", "failure"], typed).Select(word => new AuditSuggestion($"{field}:{word}", "")),
        AuditFields.Actor => Fitting(names.Actors, typed).Select(name => new AuditSuggestion(AuditSearchEdit.Word(field, name), "")),
        AuditFields.Resource => Fitting(AuditResources.All, typed)
            .Select(word => new AuditSuggestion($"{field}:{word}", AuditSearchTexts.HintKind))
            .Concat(Fitting(names.Resources, typed)
                .Select(name => new AuditSuggestion(AuditSearchEdit.Word(field, name, quoted: true), AuditSearchTexts.HintName))),
        AuditFields.Since => TimesLike(typed)
            .Select(time => new AuditSuggestion($"{field}:{time.Text}", time.Hint)),
        AuditFields.Until => TimesLike(typed)
            .Select(time => new AuditSuggestion($"{field}:{time.Text}", Texts.Format(AuditSearchTexts.Before, time.Hint))),
        _ => [],
    };

    private static IEnumerable<(string Text, string Hint)> TimesLike(string typed) =>
        Times.Where(time => time.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Actions()
    {
        var group = "";
        foreach (var name in AuditActions.All.Select(action => action.Name()))
        {
            if (name.Split('.')[0] is var mine && mine != group)
                yield return group = mine;
            yield return name;
        }
    }

    // What begins so first, then what holds it somewhere.
    private static IEnumerable<string> Fitting(IEnumerable<string> words, string typed) =>
        words.Where(word => word.Contains(typed, StringComparison.OrdinalIgnoreCase)).OrderBy(word => word.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : 1);

    // A quotation mark that is open at the caret belongs to its word, blanks and all.
    private static int WordStart(string text, int caret)
    {
        var start = 0;
        var quoted = false;
        for (var at = 0; at < caret; at++)
        {
            if (text[at] == '\\' && quoted)
                at++;
            else if (text[at] == '"')
                quoted = !quoted;
            else if (char.IsWhiteSpace(text[at]) && !quoted)
                start = at + 1;
        }

        return start;
    }
}
