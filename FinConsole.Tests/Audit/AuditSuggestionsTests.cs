using FinConsole.Core.Audit.Search;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>What is suggested while somebody types, and what taking it makes of the search.</summary>
public sealed class AuditSuggestionsTests
{
    private static readonly AuditNames Names = new(["ann@acme.example", "bob@acme.example", "command line"], ["Billing", "Checkout service", "ann@acme.example"]);

    [Theory]
    [InlineData("", 0, "action: actor: resource: result: ip: since: until: id:")]
    [InlineData("re", 2, "resource: result:")]
    [InlineData("-act", 4, "-action: -actor:")]
    [InlineData("action:token.r", 14, "action:token.refuse action:token.remind action:token.retire action:token.rotate")]
    [InlineData("action:mfa", 10, "action:mfa.enrol action:mfa.recovery-codes action:mfa.reset action:mfa.turn-off")]
    [InlineData("-result:", 8, "-result:success -result:failure")]
    [InlineData("actor:", 6, "actor:ann@acme.example actor:bob@acme.example actor:\"command line\"")]
    [InlineData("actor:\"comm", 11, "actor:\"command line\"")]
    [InlineData("x actor:BO y", 10, "actor:bob@acme.example")]
    [InlineData("resource:che", 12, "resource:\"Checkout service\"")]
    [InlineData("resource:aud", 12, "resource:audit-log")]
    [InlineData("since:3", 7, "since:30d")]
    [InlineData("until:7d", 8, "")]
    [InlineData("ip:", 3, "")]
    [InlineData("nothing-of-ours", 15, "")]
    [InlineData("unknown:x", 9, "")]
    public void Suggests_what_fits_the_word_at_the_caret(string text, int caret, string suggested)
    {
        var items = AuditSuggestions.Of(text, caret, Names).Items.Select(item => item.Text).ToList();

        Assert.StartsWith(suggested, string.Join(' ', items), StringComparison.Ordinal);
        Assert.Equal(suggested.Length == 0, items.Count == 0);
        Assert.InRange(items.Count, 0, AuditSuggestions.Most);
    }

    [Theory]
    [InlineData("act", 3, 0, "action:", 7)]
    [InlineData("result:f since:7d", 8, 0, "result:failure since:7d", 14)]
    [InlineData("x -result:f", 11, 0, "x -result:failure ", 18)]
    public void Taking_one_replaces_the_word_and_puts_the_caret_behind_it(string text, int caret, int index, string taken, int then)
    {
        var list = AuditSuggestions.Of(text, caret, Names);

        Assert.Equal((taken, then), list.Take(text, list.Items[index]));
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public void Takes_any_text_and_any_caret(string name)
    {
        foreach (var caret in new[] { int.MinValue, -1, 0, 1, 7, int.MaxValue })
        {
            var list = AuditSuggestions.Of(NaughtyStrings.All[name], caret, Names);
            Assert.InRange(list.Start + list.Length, 0, NaughtyStrings.All[name].Length);
        }
    }

    [Fact]
    public void Every_suggestion_but_one_to_be_completed_is_a_search_that_is_understood()
    {
        var clock = new AuditSearchClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);
        foreach (var typed in AuditFields.All.Select(field => field + ":").Append("tok"))
        {
            foreach (var item in AuditSuggestions.Of(typed, typed.Length, Names).Items.Where(item => !item.Goes))
                Assert.Null(AuditSearchParser.Parse(item.Text, clock).Fault);
        }
    }
}
