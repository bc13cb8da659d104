using Bunit;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Shared;
using Xunit;

namespace FinConsole.Tests.Components;

public sealed class ConfirmDialogTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Fact]
    public async Task Runs_once_however_often_it_is_submitted_meanwhile()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var running = new TaskCompletionSource();
        var runs = 0;
        var dialog = console.Show<ConfirmDialog>(parameters => parameters
            .Add(each => each.Open, true)
            .Add(each => each.Title, "Retire the old token?")
            .Add(each => each.Verb, "Retire now")
            .Add(each => each.OnConfirm, () =>
            {
                runs++;
                return running.Task;
            }));

        var first = dialog.Find("form").SubmitAsync();
        var second = dialog.Find("form").SubmitAsync();
        Assert.True(dialog.Find("button[type=submit]").HasAttribute("disabled"));
        running.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal(1, runs);
        Assert.False(dialog.Find("button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_closed_dialog_holds_nothing()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var dialog = console.Show<ConfirmDialog>(parameters => parameters
            .Add(each => each.Open, false).Add(each => each.Title, "Retire?").Add(each => each.Verb, "Retire now").AddChildContent("what will happen"));
        Assert.DoesNotContain("what will happen", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_button_runs_once_when_it_is_pressed_twice()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var running = new TaskCompletionSource();
        var runs = 0;
        var button = console.Show<BusyButton>(parameters => parameters.Add(each => each.Text, "Create").Add(each => each.OnClick, () =>
        {
            runs++;
            return running.Task;
        }));

        var first = button.Find("button").ClickAsync(new());
        var second = button.Find("button").ClickAsync(new());
        running.SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal(1, runs);
    }
}
