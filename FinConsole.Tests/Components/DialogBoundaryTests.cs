using Bunit;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Layout;
using FinConsole.Web.Hosting.Circuits;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace FinConsole.Tests.Components;

/// <summary>A dialog that cannot be drawn takes neither the circuit nor the console around the page with it.</summary>
public sealed class DialogBoundaryTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Fact]
    public async Task A_dialog_that_breaks_is_replaced_by_the_page_failure_and_another_can_be_opened()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        console.Services.AddSingleton<LiveSessions>();
        console.Services.AddScoped<SessionWatch>();
        console.AddAuthorization().SetAuthorized("developer");
        var layout = console.Show<MainLayout>(parameters => parameters.Add(each => each.Body, builder => builder.AddContent(0, "the page")));
        var dialogs = console.Services.GetRequiredService<IDialogService>();

        _ = layout.InvokeAsync(() => dialogs.OpenAsync<BrokenDialog>([]));

        layout.WaitForAssertion(() => Assert.Contains("went wrong", layout.Find("main").TextContent, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("the inner secret", layout.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("the page", layout.Find("main").TextContent, StringComparison.Ordinal);

        _ = layout.InvokeAsync(() => dialogs.ConfirmAsync(new("Still alive?", "Yes", []), () => Task.FromResult(Result.Success)));
        layout.WaitForAssertion(() => Assert.Contains("Still alive?", layout.Find("[role=dialog]").TextContent, StringComparison.Ordinal));

        layout.Render(parameters => parameters.Add(each => each.Body, builder => builder.AddContent(0, "another page")));
        Assert.Contains("another page", layout.Find("main").TextContent, StringComparison.Ordinal);
    }

    private sealed class BrokenDialog : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => throw new InvalidOperationException("the inner secret");
    }
}
