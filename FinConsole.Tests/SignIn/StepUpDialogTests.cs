using Bunit;
using FinConsole.Core.Access;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn;

/// <summary>"Confirm it's you" as a page meets it: asked once, answered once, and given up by going elsewhere.</summary>
public sealed class StepUpDialogTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private int _runs;
    private bool _confirmed;

    [Fact]
    public async Task Two_use_cases_at_once_wait_for_one_dialog_and_both_run_again()
    {
        await using var console = await OpenAsync();
        var dialogs = console.Show<BrowserlessConsole.DialogHost>(_ => { });
        var (first, second) = (RunAsync(dialogs, console), RunAsync(dialogs, console));
        dialogs.WaitForAssertion(() => Assert.Single(dialogs.FindAll("#step-up-password")));

        dialogs.Find("#step-up-password").Change(TestMember.Password);
        _confirmed = true;
        await dialogs.Find("form").SubmitAsync();

        Assert.True((await first).Succeeded);
        Assert.True((await second).Succeeded);
        Assert.Equal(4, _runs);
        Assert.Empty(dialogs.FindAll("[role=dialog]"));
    }

    [Theory]
    [InlineData("account/sessions")]
    [InlineData("?q=elsewhere")]
    public async Task Going_elsewhere_gives_up_and_the_refusal_is_the_answer(string address)
    {
        await using var console = await OpenAsync();
        var dialogs = console.Show<BrowserlessConsole.DialogHost>(_ => { });
        var navigation = console.Services.GetRequiredService<NavigationManager>();
        // The first navigation of a circuit is its own: MudBlazor takes it for another page.
        navigation.NavigateTo("?q=here");
        var running = RunAsync(dialogs, console);
        dialogs.WaitForAssertion(() => Assert.Single(dialogs.FindAll("#step-up-password")));

        navigation.NavigateTo(address);

        Assert.Equal(AccessErrors.ConfirmationNeeded.Code, (await running).Error?.Code);
        Assert.Equal(1, _runs);
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll("[role=dialog]")));
    }

    [Fact]
    public async Task A_wrong_password_is_forgotten_and_can_be_typed_again()
    {
        await using var console = await OpenAsync();
        var dialogs = console.Show<BrowserlessConsole.DialogHost>(_ => { });
        var running = RunAsync(dialogs, console);
        dialogs.WaitForAssertion(() => Assert.Single(dialogs.FindAll("#step-up-password")));

        dialogs.Find("#step-up-password").Change("not the password");
        await dialogs.Find("form").SubmitAsync();

        Assert.NotEmpty(dialogs.Find("#step-up-password-error").TextContent);
        Assert.Empty(dialogs.Find("#step-up-password").GetAttribute("value") ?? "");
        Assert.False(running.IsCompleted);
    }

    private async Task<BrowserlessConsole> OpenAsync() => new(core, (await core.NewTenantAsync()).Developer);

    private Task<Result> RunAsync(IRenderedComponent<BrowserlessConsole.DialogHost> page, BrowserlessConsole console)
    {
        var done = new TaskCompletionSource<Result>();
        _ = page.InvokeAsync(async () => done.SetResult(await console.Services.GetRequiredService<StepUp>().RunAsync(UseCase)));
        return done.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);

        Task<Result> UseCase()
        {
            _runs++;
            return Task.FromResult(_confirmed ? Result.Success : AccessErrors.ConfirmationNeeded);
        }
    }
}
