using System.Collections.Concurrent;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Data;

public abstract class ChangeFeedTests(CoreHost core)
{
    private const int Writers = 64;

    [Fact]
    public async Task Writers_at_once_leave_numbers_without_gaps_and_every_listener_hears_them_in_order()
    {
        var tenants = new[] { await core.NewTenantAsync(), await core.NewTenantAsync(), await core.NewTenantAsync() };
        await using var other = core.NewInstance();
        var here = new ConcurrentQueue<Change>();
        var there = new ConcurrentQueue<Change>();
        var (feedHere, feedThere) = (core.Get<ChangeFeed>(), other.GetRequiredService<ChangeFeed>());
        await feedHere.CatchUpAsync(Stop);
        await feedThere.CatchUpAsync(Stop);
        using var listening = feedHere.Listen(here.Enqueue);
        using var listeningThere = feedThere.Listen(there.Enqueue);
        var first = await LastNumberAsync() + 1;
        var subjects = Enumerable.Range(0, Writers).Select(_ => Guid.NewGuid()).ToList();

        // Reading goes on while the writers are at work: a number that becomes visible late would be missed for good.
        using var done = new CancellationTokenSource();
        var reading = Task.Run(
            async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    await feedHere.CatchUpAsync(Stop);
                    await feedThere.CatchUpAsync(Stop);
                }
            },
            Stop);
        await Task.WhenAll(subjects.Select((subject, index) => Task.Run(() => AnnounceAsync(tenants[index % 3].Id, subject), Stop)));
        await done.CancelAsync();
        await reading;
        await feedHere.CatchUpAsync(Stop);
        await feedThere.CatchUpAsync(Stop);

        var expected = Enumerable.Range(0, Writers * 2).Select(number => first + number);
        Assert.Equal(expected, here.Select(change => change.Number));
        Assert.Equal(expected, there.Select(change => change.Number));
        Assert.Equal(subjects.Order(), here.Where(change => change.Kind == ChangeKind.Token).Select(change => change.SubjectId).Order());
    }

    [Fact]
    public async Task Running_it_wakes_at_a_commit_of_its_own_instance()
    {
        var tenant = await core.NewTenantAsync();
        await using var instance = core.NewInstance();
        var feed = instance.GetRequiredService<ChangeFeed>();
        // Reads where the numbers stand before it runs, so that nothing below can come too early to be heard.
        await feed.CatchUpAsync(Stop);
        var heard = new TaskCompletionSource<Change>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = feed.Listen(change => heard.TrySetResult(change));
        await feed.StartAsync(Stop);
        var subject = Guid.NewGuid();

        await AnnounceAsync(tenant.Id, subject, instance.GetRequiredService<AuditedTransactions>());

        Assert.Equal(subject, (await heard.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop)).SubjectId);
        await feed.StopAsync(Stop);
    }

    [Fact]
    public async Task A_listener_that_fails_keeps_none_of_the_others_from_hearing()
    {
        var tenant = await core.NewTenantAsync();
        var feed = core.Get<ChangeFeed>();
        await feed.CatchUpAsync(Stop);
        var heard = new List<Change>();
        using var broken = feed.Listen(_ => throw new InvalidOperationException("broken"));
        using var whole = feed.Listen(heard.Add);

        await AnnounceAsync(tenant.Id, Guid.NewGuid());
        await feed.CatchUpAsync(Stop);

        Assert.Equal(2, heard.Count);
    }

    [Fact]
    public async Task Who_stops_listening_hears_nothing_more_and_who_starts_hears_nothing_old()
    {
        var tenant = await core.NewTenantAsync();
        var feed = core.Get<ChangeFeed>();
        await feed.CatchUpAsync(Stop);
        var early = new List<Change>();
        var late = new List<Change>();
        var listening = feed.Listen(early.Add);
        await AnnounceAsync(tenant.Id, Guid.NewGuid());
        await feed.CatchUpAsync(Stop);
        listening.Dispose();
        using var second = feed.Listen(late.Add);
        var subject = Guid.NewGuid();

        await AnnounceAsync(tenant.Id, subject);
        await feed.CatchUpAsync(Stop);

        Assert.Equal(2, early.Count);
        Assert.All(late, change => Assert.Equal(subject, change.SubjectId));
        Assert.Equal(2, late.Count);
    }

    private async Task AnnounceAsync(Guid tenant, Guid subject, AuditedTransactions? transactions = null)
    {
        await using var transaction = await (transactions ?? core.Get<AuditedTransactions>()).BeginUnguardedAsync(Actor.System(tenant, "test"), Stop);
        transaction.Audit(AuditAction.ProfileUpdate, new AuditSubject(AuditResource.Console, null, "Test"), new AuditDetails());
        transaction.Announce(ChangeKind.Token, subject);
        transaction.Announce(ChangeKind.Member, subject);
        await transaction.CommitAsync(Stop);
    }

    private async Task<long> LastNumberAsync()
    {
        await using var db = core.Db.OpenForOperator();
        return await db.Set<Change>().MaxAsync(change => (long?)change.Number, Stop) ?? 0;
    }

    public sealed class OnSqlite(SqliteCore core) : ChangeFeedTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ChangeFeedTests(core), IClassFixture<PostgreSqlCore>;
}
