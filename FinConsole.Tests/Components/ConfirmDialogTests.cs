using Bunit;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace FinConsole.Tests.Components;

public sealed class ConfirmDialogTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private readonly List<DialogResult?> _closed = [];
    private TaskCompletionSource<Result> _running = new();
    private int _runs;

    [Fact]
    public async Task Runs_once_however_often_it_is_submitted_meanwhile()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var dialog = Ask(console);

        var first = dialog.Find("form").SubmitAsync();
        var second = dialog.Find("form").SubmitAsync();
        Assert.True(dialog.Find("button[type=submit]").HasAttribute("disabled"));
        _running.SetResult(Result.Success);
        await Task.WhenAll(first, second);

        dialog.WaitForAssertion(() => Assert.False(Assert.Single(_closed)!.Canceled));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Another_address_of_the_page_leaves_it_open_and_another_page_gives_it_up()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var navigation = console.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("settings/api-connections/tokens");
        var dialog = Ask(console);

        // As a search does whose pause was not over when the dialog was opened.
        navigation.NavigateTo("settings/api-connections/tokens?q=ledger");
        Assert.Contains("what will happen", dialog.Markup, StringComparison.Ordinal);
        Assert.Empty(_closed);

        navigation.NavigateTo("security/audit");
        dialog.WaitForAssertion(() => Assert.True(Assert.Single(_closed)!.Canceled));
        Assert.DoesNotContain("what will happen", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_dialog_holds_nothing()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var dialog = Ask(console);
        Assert.Contains("what will happen", dialog.Markup, StringComparison.Ordinal);
        await dialog.Find("[data-fc-close]").ClickAsync(new());
        dialog.WaitForAssertion(() => Assert.DoesNotContain("what will happen", dialog.Markup, StringComparison.Ordinal));
        Assert.True(Assert.Single(_closed)!.Canceled);
    }

    [Fact]
    public async Task A_refusal_stays_open_with_its_reason_and_can_be_tried_again()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var dialog = Ask(console);
        _running.SetResult(ApiTokenErrors.NotFound);
        await dialog.Find("form").SubmitAsync();
        dialog.WaitForAssertion(() => Assert.Contains(ApiTokenErrors.NotFound.Message, dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(_closed);

        _running = new();
        _running.SetResult(Result.Success);
        await dialog.Find("form").SubmitAsync();
        dialog.WaitForAssertion(() => Assert.False(Assert.Single(_closed)!.Canceled));
    }

    [Fact]
    public async Task Neither_the_cross_nor_cancel_gives_up_what_is_running()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var dialog = Ask(console);
        var submitted = dialog.Find("form").SubmitAsync();
        Assert.All(dialog.FindAll("button"), button => Assert.True(button.HasAttribute("disabled")));
        await dialog.InvokeAsync(() => dialog.FindComponent<MudIconButton>().Instance.OnClick.InvokeAsync());
        Assert.Empty(_closed);
        _running.SetResult(Result.Success);
        await submitted;
    }

    [Fact]
    public async Task A_submission_that_breaks_leaves_the_dialog_open_with_a_reference_and_no_detail()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var dialog = Ask(console);
        _running.SetException(new InvalidOperationException("the inner secret"));
        await dialog.Find("form").SubmitAsync();

        dialog.WaitForAssertion(() => Assert.Matches("Something went wrong.*[0-9a-f]{12}", dialog.Find("[role=alert]").TextContent));
        Assert.DoesNotContain("the inner secret", dialog.Markup, StringComparison.Ordinal);
        Assert.False(dialog.Find("button[type=submit]").HasAttribute("disabled"));
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

    private IRenderedComponent<BrowserlessConsole.DialogHost> Ask(BrowserlessConsole console) => console.Open<ConfirmDialog>(
        new()
        {
            { each => each.Asked, new Confirmation("Retire the old token?", "Retire now", ["what will happen"]) },
            { each => each.Run, Run },
        },
        _closed.Add);

    private Task<Result> Run()
    {
        _runs++;
        return _running.Task;
    }
}
