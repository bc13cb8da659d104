using Bunit;
using FinConsole.Core.Checklist;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Audit;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting.Exports;
using FinConsole.Web.Overview;
using FinConsole.Web.Profile;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Components;

/// <summary>
/// The connection is lost after the server did something and before the browser answered: the call is canceled then, and Blazor ends the event
/// handler without a word. On PostgreSQL, where a handler really waits for the database: until then Blazor draws what it changed.
/// </summary>
public sealed class LostConnectionTests(PostgreSqlCore core) : IClassFixture<PostgreSqlCore>
{
    [Fact]
    public async Task A_checklist_that_was_dismissed_is_gone()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Admin);
        console.JSInterop.SetupVoid("fc.focusHeading").SetCanceled();
        var checklist = new SetupChecklist(HasMfa: false, HasMember: true, HasToken: false, HasKey: true, Dismissed: false);
        var card = console.Show<SetupChecklistCard>(parameters => parameters.Add(each => each.Checklist, checklist));

        await card.Find("button").ClickAsync(new());

        card.WaitForAssertion(() => Assert.Empty(card.Markup.Trim()));
    }

    [Fact]
    public async Task A_checkpoint_that_was_made_is_said_not_to_have_arrived()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Reviewer);
        console.JSInterop.SetupVoid("fc.save", _ => true).SetCanceled();
        var written = false;
        var page = console.Show<AuditVerification>(parameters => parameters.Add(each => each.OnWritten, () => written = true));

        await page.FindAll("button")[1].ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("before the browser had the file", page.Find("[data-testid=verdict]").TextContent, StringComparison.Ordinal));
        Assert.True(written);
    }

    [Fact]
    public async Task A_profile_that_was_saved_is_said_to_be_saved()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        console.JSInterop.SetupVoid("fc.setTheme", _ => true).SetCanceled();
        var page = console.Show<ProfilePage>(_ => { });

        page.WaitForElement("form");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Your profile is saved", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dialog_that_closes_ends_no_page()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        console.JSInterop.SetupVoid("fc.dialogClosed", _ => true).SetCanceled();
        var dialog = console.Open<ConfirmDialog>(new() { { each => each.Asked, new Confirmation("Title", "Do it", ["Text"]) }, { each => each.Run, () => Task.FromResult(Result.Success) } });

        await dialog.FindAll("button").Single(button => button.TextContent.Trim() == "Cancel").ClickAsync(new());

        dialog.WaitForAssertion(() => Assert.Empty(dialog.FindAll("[role=dialog]")));
        Assert.False(console.Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public async Task An_export_that_began_is_followed()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Reviewer);
        console.Services.AddSingleton<ExportRuns>();
        console.JSInterop.SetupVoid("fc.fetchFile", _ => true).SetCanceled();
        var exports = console.Show<Exports>(parameters => parameters.Add(each => each.Url, "/audit/export"));

        await exports.Find("button").ClickAsync(new());

        exports.WaitForElement("[data-testid=export-state]");
        var drawn = exports.RenderCount;
        core.Time.Advance(TimeSpan.FromSeconds(1));
        exports.WaitForAssertion(() => Assert.True(exports.RenderCount > drawn));
    }
}
