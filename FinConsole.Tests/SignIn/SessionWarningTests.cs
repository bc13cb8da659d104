using System.Data.Common;
using Bunit;
using Bunit.TestDoubles;
using FinConsole.Core.Data.Sqlite;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Layout;
using FinConsole.Web.Hosting.Circuits;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.SignIn;

/// <summary>The page's own look at its session: it warns, goes on after a failure, and leads away from a session that is over.</summary>
public sealed class SessionWarningTests(SqliteCore core) : IClassFixture<SqliteCore>, IAsyncDisposable
{
    private const string Stay = ".mud-dialog-actions button";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CollectedLogs _logs = new();
    private readonly Line _line = new();
    private ServiceProvider? _instance;

    public async ValueTask DisposeAsync()
    {
        if (_instance is not null)
            await _instance.DisposeAsync();
    }

    [Fact]
    public async Task A_read_that_failed_is_logged_and_the_look_goes_on_to_warn_in_time()
    {
        await using var console = Open((await core.NewTenantAsync()).Developer);
        var warning = Watch(console);
        _line.Cut = true;
        await PassUntilAsync(() => _logs.Entries.Any(entry => entry.Level == LogLevel.Warning && entry.Exception is IOException));
        _line.Cut = false;

        await PassUntilAsync(() => warning.FindAll(Stay).Count > 0);
    }

    [Fact]
    public async Task A_press_that_could_not_be_noted_leaves_the_question_open_and_the_page_alive()
    {
        await using var console = Open((await core.NewTenantAsync()).Developer);
        var warning = Watch(console);
        await PassUntilAsync(() => warning.FindAll(Stay).Count > 0);
        _line.Cut = true;

        await warning.Find(Stay).ClickAsync(new());

        Assert.Contains(_logs.Entries, entry => entry.Exception is IOException);
        _line.Cut = false;
        await warning.Find(Stay).ClickAsync(new());
        warning.WaitForAssertion(() => Assert.Empty(warning.FindAll(Stay)));
    }

    [Fact]
    public async Task A_page_that_finds_its_session_over_leaves_although_nobody_told_it()
    {
        var developer = (await core.NewTenantAsync()).Developer;
        await using var console = Open(developer);
        var (watch, live) = (console.Services.GetRequiredService<SessionWatch>(), console.Services.GetRequiredService<LiveSessions>());
        using var circuit = live.AddCircuit(developer.TenantId, developer.Actor.SessionId!.Value, watch);
        console.Show<SessionEndWatcher>(_ => { });
        console.Show<SessionWarning>(_ => { });

        await EndAsync(developer);

        await PassUntilAsync(() => LeftTo(console)?.Contains("ended=1", StringComparison.Ordinal) == true);
        Assert.True(watch.IsOver);
    }

    [Fact]
    public async Task A_page_that_comes_to_life_after_its_session_s_end_was_told_leaves_as_well()
    {
        await using var console = Open((await core.NewTenantAsync()).Developer);
        console.Services.GetRequiredService<SessionWatch>().Tell();

        console.Show<SessionEndWatcher>(_ => { });

        Assert.Contains("ended=1", LeftTo(console), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_reads_one_row_by_its_key()
    {
        var developer = (await core.NewTenantAsync()).Developer;

        var plan = Assert.Single(await core.PlansOfAsync(() => core.Get<CheckSession>().FindEndAsync(developer.TenantId, developer.Actor.SessionId!.Value, Stop)));

        var steps = plan.Plan.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(3, steps.Length);
        Assert.All(steps, step => Assert.Matches(@"^SEARCH \w+ USING INDEX .*\bId=\?", step));
    }

    // The dialogs of a page that watches its session.
    private static IRenderedComponent<BrowserlessConsole.DialogHost> Watch(BrowserlessConsole console)
    {
        var dialogs = console.Show<BrowserlessConsole.DialogHost>(_ => { });
        console.Show<SessionWarning>(_ => { });
        return dialogs;
    }

    private static string? LeftTo(BrowserlessConsole console) =>
        ((BunitNavigationManager)console.Services.GetRequiredService<NavigationManager>()).History.FirstOrDefault(visit => visit.Options.ForceLoad)?.Uri;

    private BrowserlessConsole Open(TestMember member)
    {
        var console = new BrowserlessConsole(core, member);
        _instance = core.NewInstance(_line.AddTo);
        console.Services.AddSingleton(_instance.GetRequiredService<CheckSession>());
        console.Services.AddSingleton<LiveSessions>();
        console.Services.AddScoped<SessionWatch>();
        console.Services.AddLogging(logging => logging.AddProvider(_logs));
        return console;
    }

    private async Task EndAsync(TestMember member)
    {
        await using var context = core.Db.Open(member.TenantId);
        await context.Set<MemberSession>().Where(session => session.Id == member.Actor.SessionId)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, core.Time.GetUtcNow()), Stop);
    }

    // The component sets its timer some time after the clock was moved, on another thread.
    private async Task PassUntilAsync(Func<bool> happened)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        while (!happened())
        {
            core.Time.Advance(Step);
            await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
        }
    }

    /// <summary>The line to the database, which a test cuts.</summary>
    private sealed class Line : DbCommandInterceptor
    {
        public bool Cut { get; set; }

        public void AddTo(IServiceCollection services) => services.ConfigureDbContext<SqliteConsoleDbContext>(options => options.AddInterceptors(this));

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
            Cut ? throw new IOException("The line is cut.") : ValueTask.FromResult(result);
    }
}
