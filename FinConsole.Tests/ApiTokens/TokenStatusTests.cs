using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>The order in which product.md names the statuses is the order in which they win.</summary>
public sealed class TokenStatusTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    // Each states one status; put together in any pair, the earlier one must win.
    private static readonly (TokenStatus Status, Action<Draft> Make)[] Marks =
    [
        (TokenStatus.Invalidated, draft => draft.End = TokenEnd.Invalidated),
        (TokenStatus.Retired, draft => draft.OverlapEndsAt = Now),
        (TokenStatus.Void, draft => draft.PendingSince = Now - ApiToken.PendingLimit),
        (TokenStatus.Expired, draft => draft.ExpiresAt = Now),
        (TokenStatus.Disabled, draft => draft.Disabled = true),
        (TokenStatus.Pending, draft => draft.PendingSince ??= Now),
        (TokenStatus.Rotating, draft => draft.OverlapEndsAt ??= Now.AddTicks(1)),
        (TokenStatus.Expiring, draft => draft.ExpiresAt = draft.ExpiresAt < Now.AddDays(14) ? draft.ExpiresAt : Now.AddDays(14)),
        (TokenStatus.Active, _ => { }),
    ];

    public static TheoryData<TokenStatus, TokenStatus> Pairs()
    {
        var pairs = new TheoryData<TokenStatus, TokenStatus>();
        foreach (var first in Marks)
        {
            foreach (var second in Marks)
                pairs.Add(first.Status, second.Status);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Of_two_that_hold_the_first_wins(TokenStatus first, TokenStatus second)
    {
        var draft = new Draft();
        Marks.Single(mark => mark.Status == first).Make(draft);
        Marks.Single(mark => mark.Status == second).Make(draft);
        Assert.Equal(first < second ? first : second, TokenStatusRule.Of(draft.Token, Now));
    }

    [Theory]
    [InlineData(TokenEnd.Invalidated, TokenStatus.Invalidated)]
    [InlineData(TokenEnd.Retired, TokenStatus.Retired)]
    [InlineData(TokenEnd.Void, TokenStatus.Void)]
    [InlineData(TokenEnd.Expired, TokenStatus.Expired)]
    public void An_end_that_was_written_down_holds_whatever_the_times_say(TokenEnd end, TokenStatus expected) =>
        Assert.Equal(expected, TokenStatusRule.Of(new Draft { End = end }.Token, Now));

    [Theory]
    [InlineData(TokenExpiry.Month1, 14 * 24 * 60 + 1, TokenStatus.Active)]
    [InlineData(TokenExpiry.Month1, 14 * 24 * 60, TokenStatus.Expiring)]
    [InlineData(TokenExpiry.Year1, 1, TokenStatus.Expiring)]
    [InlineData(TokenExpiry.Year1, 0, TokenStatus.Expired)]
    [InlineData(TokenExpiry.Hours24, 24 * 60, TokenStatus.Active)]
    [InlineData(TokenExpiry.Hours24, 121, TokenStatus.Active)]
    [InlineData(TokenExpiry.Hours24, 120, TokenStatus.Expiring)]
    [InlineData(TokenExpiry.Hours24, 0, TokenStatus.Expired)]
    public void Expires_soon_within_fourteen_days_or_two_hours_of_a_24_hour_token(TokenExpiry expiry, int minutesLeft, TokenStatus expected) =>
        Assert.Equal(expected, TokenStatusRule.Of(new Draft { Expiry = expiry, ExpiresAt = Now.AddMinutes(minutesLeft) }.Token, Now));

    [Fact]
    public void A_pending_token_is_void_at_its_tenth_minute_and_not_before()
    {
        var token = new Draft { PendingSince = Now }.Token;
        Assert.Equal(TokenStatus.Pending, TokenStatusRule.Of(token, Now.AddMinutes(10).AddTicks(-1)));
        Assert.Equal(TokenStatus.Void, TokenStatusRule.Of(token, Now.AddMinutes(10)));
    }

    [Fact]
    public void The_first_four_have_ended() =>
        Assert.Equal([TokenStatus.Invalidated, TokenStatus.Retired, TokenStatus.Void, TokenStatus.Expired], Enum.GetValues<TokenStatus>().Where(status => status.HasEnded()));

    [Fact]
    public void The_filters_live_and_ended_share_out_every_status() =>
        Assert.Equal(Enum.GetValues<TokenStatus>(), TokenFilter.Live.Concat(TokenFilter.Ended).Order());

    [Theory]
    [InlineData(TokenExpiry.Hours24, "2026-03-28T22:30:00Z", "2026-03-29T22:30:00Z")]
    [InlineData(TokenExpiry.Month1, "2026-01-31T12:00:00Z", "2026-02-28T12:00:00Z")]
    [InlineData(TokenExpiry.Month1, "2028-01-31T12:00:00Z", "2028-02-29T12:00:00Z")]
    [InlineData(TokenExpiry.Month1, "2026-02-28T12:00:00Z", "2026-03-28T12:00:00Z")]
    [InlineData(TokenExpiry.Months3, "2026-11-30T00:00:00Z", "2027-02-28T00:00:00Z")]
    [InlineData(TokenExpiry.Months6, "2026-08-31T23:59:59Z", "2027-02-28T23:59:59Z")]
    [InlineData(TokenExpiry.Year1, "2028-02-29T08:00:00Z", "2029-02-28T08:00:00Z")]
    public void Months_are_calendar_months_and_end_with_a_shorter_month(TokenExpiry expiry, string start, string expected) =>
        Assert.Equal(Time(expected), expiry.From(Time(start)));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Draft
    {
        public TokenEnd? End { get; set; }

        public DateTimeOffset? OverlapEndsAt { get; set; }

        public DateTimeOffset? PendingSince { get; set; }

        public DateTimeOffset ExpiresAt { get; set; } = Now.AddDays(300);

        public TokenExpiry Expiry { get; set; } = TokenExpiry.Year1;

        public bool Disabled { get; set; }

        public ApiToken Token => new()
        {
            Name = "x",
            NameKey = "x",
            Scopes = "",
            Allowlist = "",
            CreatedBy = "",
            LookupKey = [],
            Prefix = "",
            LastFour = "",
            Expiry = Expiry,
            ExpiresAt = ExpiresAt,
            EndReason = End,
            EndedAt = End is null ? null : Now,
            OverlapEndsAt = OverlapEndsAt,
            DisabledAt = Disabled ? Now : null,
            AcknowledgedAt = PendingSince is null ? Now : null,
            PendingUntil = (PendingSince ?? Now) + ApiToken.PendingLimit,
        };
    }
}
