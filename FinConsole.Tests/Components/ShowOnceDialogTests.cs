using Bunit;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Dialogs;
using Xunit;

namespace FinConsole.Tests.Components;

public sealed class ShowOnceDialogTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private const string Shown = "the-secret-that-is-shown-once";

    private int _confirmed;
    private int _void;

    [Fact]
    public async Task Shows_the_whole_secret_alone_in_its_element()
    {
        await using var console = await OpenAsync();
        var dialog = Show(console);
        Assert.Equal(Shown, dialog.Find("[data-testid=secret]").TextContent);
    }

    [Fact]
    public async Task Has_one_way_out_and_no_cross()
    {
        await using var console = await OpenAsync();
        var dialog = Show(console);
        var leaving = dialog.FindAll("button:not([data-copy-from])");
        Assert.Equal("I have saved it", Assert.Single(leaving).TextContent.Trim());
        Assert.Empty(dialog.FindAll("[data-fc-close]"));
    }

    [Fact]
    public async Task Tells_its_owner_when_it_is_confirmed()
    {
        await using var console = await OpenAsync();
        var dialog = Show(console);
        await dialog.Find(".mud-dialog-actions button").ClickAsync(new());
        Assert.Equal((1, 0), (_confirmed, _void));
    }

    [Fact]
    public async Task Counts_down_and_warns_in_the_last_two_minutes()
    {
        await using var console = await OpenAsync();
        var dialog = Show(console, core.Time.GetUtcNow().AddMinutes(10));
        Assert.Contains("10:00", dialog.Find("[role=timer]").TextContent, StringComparison.Ordinal);
        Assert.Empty(dialog.FindAll(".urgent"));

        core.Time.Advance(TimeSpan.FromMinutes(8.5));
        dialog.WaitForElement(".urgent");
        Assert.Contains("1:30", dialog.Find("[role=timer]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hides_the_secret_when_its_time_is_over_and_says_that_it_is_void()
    {
        await using var console = await OpenAsync();
        var dialog = Show(console, core.Time.GetUtcNow().AddMinutes(10));
        core.Time.Advance(TimeSpan.FromMinutes(10));

        dialog.WaitForElement(".mud-alert-outlined-error");
        Assert.DoesNotContain(Shown, dialog.Markup, StringComparison.Ordinal);
        await dialog.Find(".mud-dialog-actions button").ClickAsync(new());
        Assert.Equal((0, 1), (_confirmed, _void));
    }

    [Fact]
    public void A_sample_line_does_not_print_the_secret_in_it() =>
        Assert.DoesNotContain(Shown, new ShowOnceDialog.Sample("env", "In your .env file", $"TOKEN={Shown}").ToString(), StringComparison.Ordinal);

    private async Task<BrowserlessConsole> OpenAsync() => new(core, (await core.NewTenantAsync()).Developer);

    private IRenderedComponent<BrowserlessConsole.DialogHost> Show(BrowserlessConsole console, DateTimeOffset? voidAt = null) => console.Open<ShowOnceDialog>(
        new()
        {
            { dialog => dialog.Title, "Copy your token now" },
            { dialog => dialog.Warning, "Only now." },
            { dialog => dialog.Secret, new Secret(Shown) },
            { dialog => dialog.CopyText, "Copy token" },
            { dialog => dialog.ConfirmText, "I have saved it" },
            { dialog => dialog.VoidAt, voidAt },
            { dialog => dialog.Confirm, () => Task.FromResult(Result.Success) },
        },
        closed => (_confirmed, _void) = closed?.Data is true ? (_confirmed + 1, _void) : (_confirmed, _void + 1));
}
