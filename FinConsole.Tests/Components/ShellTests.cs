using System.Data.Common;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FinConsole.Core.Data.Sqlite;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using FinConsole.Web.Components;
using FinConsole.Web.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Components;

/// <summary>What a page's response holds before there is a circuit.</summary>
public sealed class ShellTests(ShellTests.WatchedConsole console) : IClassFixture<ShellTests.WatchedConsole>
{
    // They hold no secret and no form, and are prerendered with their data.
    private static readonly HashSet<string> WithData = [ConsoleUrls.Overview, ConsoleUrls.Usage];

    public static TheoryData<string> Pages() => [.. ConsolePages.Groups.SelectMany(group => group.Pages).Select(page => page.Url)];

    public static TheoryData<string> Shells() => [.. Pages().Select(row => row.Data).Where(url => !WithData.Contains(url))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_response_holds_the_title_the_heading_and_the_frame(string page)
    {
        var document = await ReadAsync(page);

        var heading = Assert.Single(document.QuerySelectorAll("h1")).TextContent;
        Assert.NotEmpty(heading);
        Assert.Equal($"{heading} · FinConsole", Assert.Single(document.QuerySelectorAll("head title")).TextContent);
        foreach (var part in new[] { ".fc-skip", ".mud-appbar", "#fc-nav a[aria-current]", "main h1" })
            Assert.NotNull(document.QuerySelector(part));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_shell_asks_the_database_nothing(string page)
    {
        var browser = await SignedInAsync();

        // What every request of a session asks.
        var always = await CommandsOfAsync(browser, "/page-not-found");
        Assert.NotEmpty(always);
        Assert.Equal(always, await CommandsOfAsync(browser, page));
    }

    [Fact]
    public async Task Queries_of_a_page_with_data_are_seen()
    {
        var browser = await SignedInAsync();
        Assert.True((await CommandsOfAsync(browser, ConsoleUrls.Overview)).Count > (await CommandsOfAsync(browser, "/page-not-found")).Count);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task What_a_shell_shows_takes_no_input(string page)
    {
        var inputs = (await ReadAsync(page)).QuerySelectorAll("main :is(input, select, textarea, button)");
        Assert.DoesNotContain(inputs, input => input.Closest("[inert]") is null);
    }

    [Fact]
    public void Every_page_of_the_console_is_a_shell_or_named_here()
    {
        var pages = Pages().Select(row => row.Data).ToHashSet();
        var loading =
            from type in typeof(ShellPage).Assembly.GetTypes()
            where !type.IsSubclassOf(typeof(ShellPage))
            from RouteAttribute route in type.GetCustomAttributes(typeof(RouteAttribute), inherit: false)
            where pages.Contains(route.Template)
            select route.Template;
        Assert.Equal(WithData.Order(), loading.Order());
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var browser = console.Browser();
        Assert.Equal(HttpStatusCode.SeeOther, (await WebConsole.SignInAsync(browser)).StatusCode);
        return browser;
    }

    private async Task<IDocument> ReadAsync(string page) => new HtmlParser().ParseDocument(await (await SignedInAsync()).GetStringAsync(page, Stop));

    private async Task<IReadOnlyList<string>> CommandsOfAsync(HttpClient browser, string page)
    {
        var commands = console.Watch();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(page, Stop)).StatusCode);
        return commands;
    }

    /// <summary>Knows which statements a test's own requests run, whatever else the program does meanwhile.</summary>
    public sealed class WatchedConsole : WebConsole
    {
        private readonly AsyncLocal<List<string>?> _commands = new();

        /// <summary>The statements of all requests from now on.</summary>
        public IReadOnlyList<string> Watch() => _commands.Value = [];

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
            {
                services.ConfigureDbContext<SqliteConsoleDbContext>(options => options.AddInterceptors(new Commands(_commands)));
                services.Configure<TestServerOptions>(options => options.PreserveExecutionContext = true);
            });
        }

        private sealed class Commands(AsyncLocal<List<string>?> commands) : DbCommandInterceptor
        {
            public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
                DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
            {
                commands.Value?.Add(command.CommandText);
                return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
            }
        }
    }
}
