using Bunit;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Shared;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Components;

/// <summary>Messages at the edge of the screen: what was done, and what was refused, which nobody may take for success.</summary>
public sealed class ToastRegionTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Fact]
    public async Task A_refusal_has_the_sign_of_one_and_a_success_its_tick()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var region = console.Show<ToastRegion>(_ => { });
        var toasts = console.Services.GetRequiredService<Toasts>();

        toasts.Show("Saved.");
        toasts.ShowFailure("Somebody was faster.");

        Assert.Equal(
            [("Saved.", null, "circle-check"), ("Somebody was faster.", "true", "circle-alert")],
            region.FindAll(".fc-toast").Select(toast => (toast.TextContent.Trim(), toast.GetAttribute("data-failed"), SignOf(toast.QuerySelector("use")!.GetAttribute("href")!))));
    }

    private static string SignOf(string href) => href[(href.LastIndexOf('#') + 1)..];
}
