using System.Globalization;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;

namespace FinConsole.Core.Audit.Search;

/// <summary>Reads a search as a person types it; docs/audit-log.md has the language.</summary>
public static class AuditSearchParser
{
    private const int LongestCorrelation = 64;

    /// <summary>What was asked for, or the first thing that is wrong with it.</summary>
    public static (AuditSearch? Search, AuditSearchFault? Fault) Parse(string? text, AuditSearchClock clock)
    {
        text ??= "";
        if (text.Length > AuditSearch.LongestText)
        {
            var message = Texts.Format(AuditSearchTexts.TooLong, AuditSearch.LongestText);
            return (null, new AuditSearchFault(message, AuditSearch.LongestText, text.Length - AuditSearch.LongestText));
        }
        if (FindUnreadable(text) is { } unreadable)
            return (null, unreadable);

        var (tokens, fault) = AuditTokens.Read(text);
        var terms = new List<AuditTerm>();
        foreach (var token in tokens)
        {
            if (terms.Count == AuditSearch.MostTerms)
                return (null, new AuditSearchFault(Texts.Format(AuditSearchTexts.TooManyTerms, AuditSearch.MostTerms), token.Start, token.Length));
            var (term, wrong) = Term(token, clock);
            if (term is null)
                return (null, wrong);
            terms.Add(term);
        }

        return fault is null ? (new AuditSearch(terms), null) : (null, fault);
    }

    // Nothing in the log holds control characters or half characters, and PostgreSQL refuses them.
    private static AuditSearchFault? FindUnreadable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]) || (char.IsControl(text[i]) && !char.IsWhiteSpace(text[i])))
                return new AuditSearchFault(AuditSearchTexts.Unreadable, i, 1);
        }

        return null;
    }

    private static (AuditTerm? Term, AuditSearchFault? Fault) Term(AuditToken token, AuditSearchClock clock)
    {
        if (token.Field is null)
        {
            return token.Value.Length > 0
                ? (new TextTerm(token.Value, token.Negated), null)
                : Wrong(token, token.Quoted ? AuditSearchTexts.EmptyQuotes : AuditSearchTexts.LoneMinus);
        }
        if (!AuditFields.All.Contains(token.Field))
            return WrongField(token);
        if (token.Value.Trim().Length == 0)
            return Missing(token);
        return token.Field switch
        {
            AuditFields.Action => ActionOf(token),
            AuditFields.Actor => (Guid.TryParseExact(token.Value, "D", out var id) ? new ActorIdTerm(id, token.Negated) : new ActorTerm(token.Value, token.Negated), null),
            AuditFields.Resource => (ResourceOf(token), null),
            AuditFields.Result => AuditResources.ParseResult(token.Value) is { } result
                ? (new ResultTerm(result, token.Negated), null)
                : WrongValue(token, AuditSearchTexts.NotAResult, ["success", "failure"]),
            AuditFields.Ip => AddressRange.Parse(token.Value) is { } range
                ? (new IpTerm(range, token.Negated), null)
                : WrongValue(token, Texts.Format(AuditSearchTexts.NotAnAddress, Shown(token.Value))),
            AuditFields.Since or AuditFields.Until => TimeOf(token, clock),
            _ => IdOf(token),
        };
    }

    private static (AuditTerm?, AuditSearchFault?) ActionOf(AuditToken token)
    {
        if (AuditActions.Parse(token.Value) is { } action)
            return (new ActionTerm([action], token.Negated), null);
        var group = token.Value.TrimEnd('.').ToLowerInvariant() + ".";
        var actions = AuditActions.All.Where(each => each.Name().StartsWith(group, StringComparison.Ordinal)).ToList();
        return actions.Count > 0
            ? (new ActionTerm(actions, token.Negated), null)
            : WrongValue(
                token,
                Texts.Format(AuditSearchTexts.NoSuchAction, Shown(token.Value)),
                [.. AuditActions.All.Select(each => each.Name()), .. AuditActions.All.Select(GroupOf).Distinct()]);
    }

    private static string GroupOf(AuditAction action) => action.Name().Split('.')[0];

    // In quotation marks it is a name, whatever else it looks like.
    private static AuditTerm ResourceOf(AuditToken token) => token switch
    {
        { Quoted: false } when AuditResources.Parse(token.Value) is { } kind => new ResourceKindTerm(kind, token.Negated),
        { Quoted: false } when Guid.TryParseExact(token.Value, "D", out var id) => new ResourceIdTerm(id, token.Negated),
        _ => new ResourceNameTerm(token.Value, token.Negated),
    };

    // "Not since" a time is "until" it, and the other way round: so the same bounds serve both.
    private static (AuditTerm?, AuditSearchFault?) TimeOf(AuditToken token, AuditSearchClock clock)
    {
        var since = token.Field == AuditFields.Since;
        if (AuditTimes.Parse(token.Value, clock, end: !since) is not { } at)
            return WrongValue(token, Texts.Format(AuditSearchTexts.NotATime, Shown(token.Value)));
        return (since == token.Negated ? new UntilTerm(at) : new SinceTerm(at), null);
    }

    private static (AuditTerm?, AuditSearchFault?) IdOf(AuditToken token)
    {
        if (token.Value[0] == '#')
        {
            return long.TryParse(token.Value.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? (new SequenceTerm(number, token.Negated), null)
                : WrongValue(token, Texts.Format(AuditSearchTexts.NotANumber, Shown(token.Value)));
        }

        return token.Value.Length <= LongestCorrelation
            ? (new CorrelationTerm(token.Value, token.Negated), null)
            : WrongValue(token, Texts.Format(AuditSearchTexts.CorrelationTooLong, LongestCorrelation));
    }

    private static (AuditTerm?, AuditSearchFault?) WrongField(AuditToken token)
    {
        var hint = NearestWord.Of(token.Field!, AuditFields.All) is { } near
            ? Texts.Format(AuditSearchTexts.NearField, near)
            : Texts.Format(AuditSearchTexts.Fields, string.Join(", ", AuditFields.All));
        var start = token.Start + (token.Negated ? 1 : 0);
        var message = Texts.Format(AuditSearchTexts.NoSuchField, Shown(token.Field!), hint);
        return (null, new AuditSearchFault(message, start, token.Field!.Length));
    }

    private static (AuditTerm?, AuditSearchFault?) Missing(AuditToken token)
    {
        var example = token.Field switch
        {
            AuditFields.Action => "action:token.rotate",
            AuditFields.Actor => "actor:ann@example.com",
            AuditFields.Resource => "resource:token",
            AuditFields.Result => "result:failure",
            AuditFields.Ip => "ip:203.0.113.0/24",
            AuditFields.Since => "since:7d",
            AuditFields.Until => "until:2026-11-01",
            _ => "id:#123",
        };
        return (null, new AuditSearchFault(Texts.Format(AuditSearchTexts.NoValue, token.Field, example), token.Start, token.Length));
    }

    private static (AuditTerm?, AuditSearchFault?) WrongValue(AuditToken token, string message, IReadOnlyList<string>? known = null)
    {
        var near = known is null ? null : NearestWord.Of(token.Value, known);
        var whole = near is null ? message : Texts.Format(AuditSearchTexts.NearValue, message, near);
        return (null, new AuditSearchFault(whole, token.ValueStart, token.End - token.ValueStart));
    }

    private static (AuditTerm?, AuditSearchFault?) Wrong(AuditToken token, string message) => (null, new AuditSearchFault(message, token.Start, token.Length));

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
