using FinConsole.Core.Audit.Search;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>The search's language: what each query means, or what is wrong with it and where.</summary>
public sealed class AuditSearchParserTests
{
    private const string Id = "0190a000-0000-7000-8000-000000000001";

    // A Sunday in Berlin, an hour ahead of UTC; summer time ended on 25 October 2026.
    private static readonly AuditSearchClock Clock = new(new DateTimeOffset(2026, 11, 22, 17, 0, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    /// <summary>Queries, and the conditions that they stand for.</summary>
    public static TheoryData<string, string> Understood => new()
    {
        { "", "" },
        { "   \t ", "" },
        { "action:token.rotate", "action:token.rotate" },
        { "ACTION:Token.Rotate", "action:token.rotate" },
        { "action:mfa", "action:mfa.enrol|mfa.recovery-codes|mfa.reset|mfa.turn-off" },
        { "action:mfa.", "action:mfa.enrol|mfa.recovery-codes|mfa.reset|mfa.turn-off" },
        { "action:\"token.rotate\"", "action:token.rotate" },
        { "-action:session.start", "-action:session.start" },
        { "action:encryption-key.export", "action:encryption-key.export" },
        { "actor:ann@", "actor:ann@" },
        { "actor:Ann@Acme.example", "actor:Ann@Acme.example" },
        { "actor:\"command line\"", "actor:command line" },
        { $"actor:{Id}", $"actor-id:{Id}" },
        { $"-actor:{Id}", $"-actor-id:{Id}" },
        { "actor:-x", "actor:-x" },
        { "resource:token", "kind:token" },
        { "resource:Encryption-Key", "kind:encryption-key" },
        { "resource:\"token\"", "resource:token" },
        { "resource:\"Checkout service\"", "resource:Checkout service" },
        { "resource:\"say \\\"hi\\\" \\\\ there\"", "resource:say \"hi\" \\ there" },
        { "resource:Billing", "resource:Billing" },
        { $"resource:{Id}", $"resource-id:{Id}" },
        { $"resource:\"{Id}\"", $"resource:{Id}" },
        { "result:success", "result:success" },
        { "result:FAILURE", "result:failure" },
        { "-result:success", "-result:success" },
        { "ip:203.0.113.7", "ip:203.0.113.7" },
        { "ip:203.0.113.0/24", "ip:203.0.113.0/24" },
        { "ip:203.0.113.77/24", "ip:203.0.113.0/24" },
        { "ip:203.0.113.7/32", "ip:203.0.113.7" },
        { "ip:0.0.0.0/0", "ip:0.0.0.0/0" },
        { "ip:2001:db8::1", "ip:2001:db8::1" },
        { "ip:2001:DB8:0::/32", "ip:2001:db8::/32" },
        { "ip:::ffff:203.0.113.7", "ip:203.0.113.7" },
        { "since:7d", "since:2026-11-15T17:00:00Z" },
        { "since:24h", "since:2026-11-21T17:00:00Z" },
        { "since:30M", "since:2026-11-22T16:30:00Z" },
        { "since:2w", "since:2026-11-08T17:00:00Z" },
        { "since:2026-11-01", "since:2026-10-31T23:00:00Z" },
        { "since:2026-07-01", "since:2026-06-30T22:00:00Z" },
        { "until:2026-11-01", "until:2026-11-01T23:00:00Z" },
        { "until:1h", "until:2026-11-22T16:00:00Z" },
        { "until:2026-11-01T14:30", "until:2026-11-01T13:30:00Z" },
        { "since:2026-10-25T02:30", "since:2026-10-25T00:30:00Z" },
        { "until:2026-10-25T02:30", "until:2026-10-25T01:30:00Z" },
        { "since:2026-03-29T02:30", "since:2026-03-29T01:00:00Z" },
        { "until:2026-03-29T02:30", "until:2026-03-29T01:00:00Z" },
        { "since:2026-11-01t14:30:15z", "since:2026-11-01T14:30:15Z" },
        { "since:2026-11-01T14:30:15.1234567Z", "since:2026-11-01T14:30:15Z" },
        { "since:2026-11-01T14:30+05:30", "since:2026-11-01T09:00:00Z" },
        { "-since:2026-11-01", "until:2026-10-31T23:00:00Z" },
        { "-until:2026-11-01", "since:2026-11-01T23:00:00Z" },
        { "since:100000d", "since:1753-02-06T17:00:00Z" },
        { "id:c0ffee", "id:c0ffee" },
        { "id:#123", "id:#123" },
        { "-id:#123", "-id:#123" },
        { "id:123", "id:123" },
        { "billing", "\"billing\"" },
        { "billing service", "\"billing\" \"service\"" },
        { "\"billing service\"", "\"billing service\"" },
        { "-billing", "-\"billing\"" },
        { "-\"billing service\"", "-\"billing service\"" },
        { "--x", "-\"-x\"" },
        { "10:30", "\"10:30\"" },
        { "2001:db8::1", "\"2001:db8::1\"" },
        { "https://acme.example/x", "\"https://acme.example/x\"" },
        { "\"foo:bar\"", "\"foo:bar\"" },
        { "a\"b", "\"a\"b\"" },
        { "'; DROP TABLE x; --", "\"';\" \"DROP\" \"TABLE\" \"x;\" -\"-\"" },
        { "<script>alert(1)</script>", "\"<script>alert(1)</script>\"" },
        { "% _ * ?", "\"%\" \"_\" \"*\" \"?\"" },
        { "actor:👩‍👩‍👧‍👦@acme.example", "actor:👩‍👩‍👧‍👦@acme.example" },
        { "\u202eann", "\"\u202eann\"" },
        { "a\nb\rc", "\"a\" \"b\" \"c\"" },
        {
            "action:token.rotate actor:ann@ -result:success ip:203.0.113.0/24 since:7d until:2026-11-01 resource:\"Checkout service\" id:c0ffee rotated",
            "action:token.rotate actor:ann@ -result:success ip:203.0.113.0/24 since:2026-11-15T17:00:00Z until:2026-11-01T23:00:00Z resource:Checkout service id:c0ffee \"rotated\""
        },
    };

    /// <summary>Queries that are wrong: what is said, and from where to where.</summary>
    public static TheoryData<string, string, int, int> Refused => new()
    {
        { "action:token.rotat", "There is no action “token.rotat”. Did you mean token.rotate?", 7, 11 },
        { "x action:tokn", "There is no action “tokn”. Did you mean token?", 9, 4 },
        { "action:nonsense-of-mine", "There is no action “nonsense-of-mine”.", 7, 16 },
        { "action:", "Nothing stands behind action:. Write, for example, action:token.rotate.", 0, 7 },
        { "a -actor: b", "Nothing stands behind actor:. Write, for example, actor:ann@example.com.", 2, 7 },
        { "resource:\" \"", "Nothing stands behind resource:. Write, for example, resource:token.", 0, 12 },
        { "result:succes", "A result is success or failure. Did you mean success?", 7, 6 },
        { "result:maybe", "A result is success or failure.", 7, 5 },
        { "ip:203.0.113", "“203.0.113” is no address or network. Write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.", 3, 9 },
        { "ip:203.0.113.*", "“203.0.113.*” is no address or network. Write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.", 3, 11 },
        { "ip:203.0.113.7/33", "“203.0.113.7/33” is no address or network. Write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.", 3, 14 },
        { "ip:010.0.0.1", "“010.0.0.1” is no address or network. Write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.", 3, 9 },
        { "since:yesterday", "“yesterday” is no time. Write 30m, 24h, 7d, a day like 2026-11-01, or 2026-11-01T14:30.", 6, 9 },
        { "until:2026-02-30", "“2026-02-30” is no time. Write 30m, 24h, 7d, a day like 2026-11-01, or 2026-11-01T14:30.", 6, 10 },
        { "since:7 d", "“7” is no time. Write 30m, 24h, 7d, a day like 2026-11-01, or 2026-11-01T14:30.", 6, 1 },
        { "since:-7d", "“-7d” is no time. Write 30m, 24h, 7d, a day like 2026-11-01, or 2026-11-01T14:30.", 6, 3 },
        { "since:999999999d", "“999999999d” is no time. Write 30m, 24h, 7d, a day like 2026-11-01, or 2026-11-01T14:30.", 6, 10 },
        { "id:#0", "“#0” is no entry’s number. Write id:#123, or id: and a correlation id.", 3, 2 },
        { "id:#99999999999999999999", "“#99999999999999999999” is no entry’s number. Write id:#123, or id: and a correlation id.", 3, 21 },
        { "acton:token", "There is no field “acton”. Did you mean action:?", 0, 5 },
        { "-user:ann", "There is no field “user”. There are action, actor, resource, result, ip, since, until, id. To look for the text itself, put it in quotation marks.", 1, 4 },
        { "-", "Put a word right behind the minus.", 0, 1 },
        { "a - b", "Put a word right behind the minus.", 2, 1 },
        { "\"\"", "There is nothing between the quotation marks.", 0, 2 },
        { "a \"b c", "This quotation mark is not closed.", 2, 1 },
        { "resource:\"a\\\"", "This quotation mark is not closed.", 9, 1 },
        { "\"a\"b", "Put a blank behind the closing quotation mark.", 3, 1 },
        { "a\0b", "This character cannot stand in a search.", 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Understood))]
    public void Understands(string query, string terms)
    {
        var (search, fault) = AuditSearchParser.Parse(query, Clock);

        Assert.Null(fault);
        Assert.Equal(terms, string.Join(' ', search!.Terms));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Says_what_is_wrong_and_where(string query, string message, int start, int length)
    {
        var (search, fault) = AuditSearchParser.Parse(query, Clock);

        Assert.Null(search);
        Assert.Equal(new AuditSearchFault(message, start, length), fault);
    }

    // Not among the rows above: half a character does not survive the way from a test's list to its run.
    [Fact]
    public void Half_a_character_is_told_where_it_stands() =>
        Assert.Equal(new AuditSearchFault("This character cannot stand in a search.", 3, 1), AuditSearchParser.Parse("ann\ud83d@", Clock).Fault);

    [Fact]
    public void A_correlation_id_has_at_most_sixty_four_characters()
    {
        Assert.Null(AuditSearchParser.Parse("id:" + new string('a', 64), Clock).Fault);
        Assert.Equal(new AuditSearchFault("A correlation id has at most 64 characters.", 3, 65), AuditSearchParser.Parse("id:" + new string('a', 65), Clock).Fault);
    }

    [Fact]
    public void A_search_has_at_most_five_hundred_characters()
    {
        Assert.Null(AuditSearchParser.Parse(new string('a', 500), Clock).Fault);
        Assert.Equal(new AuditSearchFault("A search has at most 500 characters.", 500, 1), AuditSearchParser.Parse(new string('a', 501), Clock).Fault);
    }

    [Fact]
    public void A_search_has_at_most_twenty_words()
    {
        Assert.Null(AuditSearchParser.Parse(string.Join(' ', Enumerable.Repeat("a", 20)), Clock).Fault);
        Assert.Equal(new AuditSearchFault("A search has at most 20 words.", 40, 1), AuditSearchParser.Parse(string.Join(' ', Enumerable.Repeat("a", 21)), Clock).Fault);
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public void Answers_any_text_with_conditions_or_one_fault_within_it(string name)
    {
        foreach (var query in new[] { NaughtyStrings.All[name], "action:" + NaughtyStrings.All[name], "resource:\"" + NaughtyStrings.All[name] + "\"", "-since:" + NaughtyStrings.All[name] })
        {
            var (search, fault) = AuditSearchParser.Parse(query, Clock);

            Assert.True(search is null != fault is null);
            if (fault is not null)
                Assert.True(fault.Start >= 0 && fault.Length >= 0 && fault.Start + fault.Length <= query.Length, $"{fault}");
        }
    }

    [Theory]
    [InlineData("action:token.create billing", "action", "token.rotate", "billing action:token.rotate")]
    [InlineData("-action:token.create \"a  b\"", "action", "token.rotate", "\"a  b\" action:token.rotate")]
    [InlineData("action:token.create", "action", null, "")]
    [InlineData("", "resource", "Checkout service", "resource:\"Checkout service\"")]
    [InlineData("", "resource", "say \"hi\"", "resource:\"say \\\"hi\\\"\"")]
    [InlineData("since:7d until:1d x", "since", "30d", "until:1d x since:30d")]
    [InlineData("a \"b", "actor", "ann", "a actor:ann")]
    public void Controls_change_one_field_and_leave_the_rest(string query, string field, string? value, string changed) =>
        Assert.Equal(changed, AuditSearchEdit.Set(query, field, value));

    [Theory]
    [InlineData("plain")]
    [InlineData("with blanks")]
    [InlineData("\"quoted\" and \\ more")]
    [InlineData("\"")]
    public void What_is_set_is_read_back(string name)
    {
        Assert.Equal(name, AuditSearchEdit.Get(AuditSearchEdit.Set("x", "actor", name), "actor"));
        Assert.Equal(new ActorTerm(name), Assert.Single(AuditSearchParser.Parse(AuditSearchEdit.Word("actor", name), Clock).Search!.Terms));
    }

    [Theory]
    [InlineData("action:token.create", "token.create")]
    [InlineData("-action:token.create", null)]
    [InlineData("action:token.create action:token.rotate", null)]
    [InlineData("x", null)]
    public void A_control_shows_what_the_search_says_once_and_without_a_minus(string query, string? value) => Assert.Equal(value, AuditSearchEdit.Get(query, "action"));
}
