using Bunit;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Components;

public sealed class ApiConnectionsTabsTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Theory]
    [InlineData(ConsoleUrls.Tokens, "API Tokens")]
    [InlineData(ConsoleUrls.EncryptionKeys, "Encryption Keys")]
    [InlineData(ConsoleUrls.Usage, "Usage")]
    public async Task The_page_that_is_open_is_the_current_one_and_looks_so(string url, string current)
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        console.Services.GetRequiredService<NavigationManager>().NavigateTo(url);
        var tabs = console.Show<ApiConnectionsTabs>(_ => { });

        Assert.Equal(["API Tokens", "Encryption Keys", "Usage"], tabs.FindAll("nav.mud-tabs > a.mud-tab").Select(tab => tab.TextContent));
        Assert.Equal(current, Assert.Single(tabs.FindAll("[aria-current=page]")).TextContent);
        Assert.Equal(current, Assert.Single(tabs.FindAll(".mud-tab-active")).TextContent);
    }
}
