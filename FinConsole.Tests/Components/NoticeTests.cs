using Bunit;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Shared;
using MudBlazor;
using Xunit;

namespace FinConsole.Tests.Components;

public sealed class NoticeTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Theory]
    [InlineData(Severity.Error, "alert", "circle-alert")]
    [InlineData(Severity.Warning, "status", "triangle-alert")]
    [InlineData(Severity.Info, "status", "info")]
    [InlineData(Severity.Success, "status", "circle-check")]
    public async Task What_went_wrong_is_an_alert_and_everything_has_its_sign(Severity severity, string role, string sign)
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var notice = console.Show<Notice>(parameters => parameters.Add(each => each.Severity, severity).Add(each => each.Text, "It is so.").AddChildContent("<p>Go on.</p>"));

        Assert.Equal(role, notice.Find(".mud-alert").GetAttribute("role"));
        Assert.Equal("It is so. Go on.", string.Join(' ', notice.Find(".mud-alert").TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal($"/icons.svg#{sign}", notice.Find("use").GetAttribute("href"));
        Assert.Equal("true", notice.Find("svg").GetAttribute("aria-hidden"));
        Assert.Single(notice.FindComponents<MudAlert>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Nothing_to_say_is_nothing(string? text)
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        Assert.Equal("", console.Show<Notice>(parameters => parameters.Add(each => each.Text, text)).Markup.Trim());
    }
}
