using Bunit;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Lists;
using Xunit;

namespace FinConsole.Tests.Components;

public sealed class PeriodPickerTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Theory]
    [InlineData(null, null, null, "Any time")]
    [InlineData("7d", "7d", null, "Last 7 days")]
    [InlineData(null, "2026-03-02", "2026-03-09", "2 Mar 2026 – 9 Mar 2026")]
    [InlineData(null, "2026-03-02", "2026-03-02", "2 Mar 2026")]
    [InlineData(null, "2026-03-02", null, "Since 2 Mar 2026")]
    [InlineData(null, null, "2026-03-09", "Until 9 Mar 2026")]
    [InlineData(null, "45m", null, "Since 45m")]
    public async Task The_button_says_the_range_in_words(string? period, string? from, string? to, string words)
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Reviewer);
        var picker = Show(console, period, from, to);

        Assert.Equal(words, picker.Find("[popovertarget] .fc-panel-name").TextContent);
        Assert.Equal($"Period: {words}", picker.Find("[popovertarget]").GetAttribute("aria-label"));
        var pressed = picker.FindAll("[aria-pressed=true]").Select(button => button.TextContent.Trim());
        Assert.Equal(period is not null || (from ?? to) is null ? [words] : [], pressed);
        Assert.Equal((Periods.Day(from) ?? "", Periods.Day(to) ?? ""), (picker.Find("#test-from").GetAttribute("value") ?? "", picker.Find("#test-to").GetAttribute("value") ?? ""));
    }

    [Fact]
    public async Task Choosing_answers_a_period_or_two_days_in_their_order()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Reviewer);
        var (chosen, range) = (new List<string?>(), new List<(string?, string?)>());
        var picker = console.Show<PeriodPicker>(parameters => parameters.Add(each => each.Id, "test")
            .Add(each => each.OnPeriod, period => chosen.Add(period?.Word)).Add(each => each.OnRange, days => range.Add(days)));

        for (var place = 0; place <= Periods.All.Count; place++)
            await picker.FindAll("ul button")[place].ClickAsync(new());
        Assert.Equal([null, "1h", "24h", "7d", "30d", "90d", "365d"], chosen);

        await picker.Find("#test-from").ChangeAsync(new() { Value = "2026-03-09" });
        await picker.Find("#test-to").ChangeAsync(new() { Value = "2026-03-02" });
        await picker.Find("form").SubmitAsync();
        await picker.Find("#test-to").ChangeAsync(new() { Value = "" });
        await picker.Find("form").SubmitAsync();
        Assert.Equal([("2026-03-02", "2026-03-09"), ("2026-03-09", null)], range);
    }

    private static IRenderedComponent<PeriodPicker> Show(BrowserlessConsole console, string? period, string? from, string? to) => console.Show<PeriodPicker>(
        parameters => parameters.Add(each => each.Id, "test").Add(each => each.Chosen, Periods.Find(period)).Add(each => each.From, from).Add(each => each.To, to));
}
