using FinConsole.Core.AuditLog;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

/// <summary>Old login history is deleted, in small batches, and nothing else is.</summary>
public abstract class LoginRetentionTests(CoreHost core)
{
    private static readonly Func<CancellationToken, Task> NoPause = _ => Task.CompletedTask;

    private DateTimeOffset Midnight => new(core.Time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    [Fact]
    public async Task Deletes_what_is_older_than_the_tenant_s_days_with_its_notes_and_logs_it_once()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        await KeepAsync(tenant, 90);
        var end = Midnight.AddDays(-90);
        var old = await core.AddPastAsync(tenant.Id, (LoginRetention.BatchSize * 2) + 7, end - TimeSpan.FromTicks(1));
        var kept = await core.AddPastAsync(tenant.Id, 3, end);
        await core.AddPastAsync(other.Id, 5, end - TimeSpan.FromDays(100));
        await NoteAsync(tenant.Id, old[0].Id);
        await NoteAsync(tenant.Id, kept[0].Id);

        var entries = await core.AuditOfAsync(tenant.Id, async () =>
        {
            await core.Get<LoginRetention>().RunAsync(NoPause, Stop);
            await core.Get<LoginRetention>().RunAsync(NoPause, Stop);
        });

        Assert.Equal(kept.Select(row => row.Id), (await core.AttemptsAsync(tenant.Id)).Select(row => row.Id));
        Assert.Equal([kept[0].Id], await NotedAsync(tenant.Id));
        Assert.Equal(5, (await core.AttemptsAsync(other.Id)).Count);
        var entry = Assert.Single(entries);
        Assert.Equal((AuditAction.LoginPrune, ActorKind.System, "login retention"), (entry.Action, entry.ActorKind, entry.ActorName));
        Assert.Equal($$"""{"count":{{old.Count}},"before":"{{end:yyyy-MM-dd}}T00:00:00Z"}""", entry.Metadata);
    }

    [Fact]
    public async Task Who_never_decided_keeps_400_days_and_so_does_the_operator()
    {
        var tenant = await core.NewTenantAsync();
        var end = Midnight.AddDays(-TenantPolicy.DefaultLoginHistoryDays);
        foreach (var owner in new[] { tenant.Id, Tenant.Operator })
        {
            await core.AddPastAsync(owner, 2, end - TimeSpan.FromTicks(1));
            await core.AddPastAsync(owner, 1, end);
        }

        await core.Get<LoginRetention>().RunAsync(NoPause, Stop);

        Assert.Single(await core.AttemptsAsync(tenant.Id));
        Assert.Equal(end, (await core.AttemptsAsync(Tenant.Operator)).Min(row => row.At));
        Assert.Empty(await core.AuditAsync(Tenant.Operator));
    }

    [Fact]
    public async Task Forgets_what_an_account_has_not_shown_for_as_long()
    {
        var tenant = await core.NewTenantAsync();
        await KeepAsync(tenant, 30);
        var end = Midnight.AddDays(-30);
        await using (var db = core.Db.Open(tenant.Id))
        {
            foreach (var (value, last) in new[] { ("PT", end - TimeSpan.FromTicks(1)), ("BR", end) })
            {
                db.Add(new AccountTrait
                {
                    TenantId = tenant.Id,
                    MemberId = tenant.Developer.Id,
                    Kind = TraitKind.Country,
                    Value = value,
                    SignIns = 1,
                    Since = last,
                    LastAt = last,
                });
            }

            await db.SaveChangesAsync(Stop);
        }

        await core.Get<LoginRetention>().RunAsync(NoPause, Stop);

        await using var after = core.Db.Open(tenant.Id);
        Assert.Equal(["BR"], await after.Set<AccountTrait>().Select(trait => trait.Value).ToListAsync(Stop));
    }

    [Fact]
    public async Task Between_two_batches_others_write_and_a_sign_in_made_meanwhile_stays()
    {
        var tenant = await core.NewTenantAsync();
        await core.AddPastAsync(tenant.Id, LoginRetention.BatchSize * 3, Midnight.AddDays(-500));
        List<int> left = [];

        await core.Get<LoginRetention>().RunAsync(
            async _ =>
            {
                left.Add((await core.AttemptsAsync(tenant.Id)).Count(row => row.CorrelationId == "past"));
                await core.SignInAsync(tenant.Developer);
            },
            Stop);

        Assert.Equal([LoginRetention.BatchSize, 0], left);
        Assert.Equal(2, (await core.AttemptsAsync(tenant.Id)).Count);
    }

    [Fact]
    public async Task Broken_off_it_goes_on_where_it_stopped()
    {
        var tenant = await core.NewTenantAsync();
        await core.AddPastAsync(tenant.Id, (LoginRetention.BatchSize * 3) + 1, Midnight.AddDays(-500));
        using var power = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => core.Get<LoginRetention>().RunAsync(
            async _ =>
            {
                await power.CancelAsync();
                power.Token.ThrowIfCancellationRequested();
            },
            power.Token));
        Assert.Equal(LoginRetention.BatchSize + 1, (await core.AttemptsAsync(tenant.Id)).Count);
        await core.Get<LoginRetention>().RunAsync(NoPause, Stop);

        Assert.Empty(await core.AttemptsAsync(tenant.Id));
        Assert.Equal(2, (await core.AuditAsync(tenant.Id)).Count(entry => entry.Action == AuditAction.LoginPrune));
    }

    [Fact]
    public async Task One_tenant_s_failure_keeps_no_other_from_being_swept()
    {
        var (broken, fine) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        foreach (var tenant in new[] { broken, fine })
            await core.AddPastAsync(tenant.Id, 1, Midnight.AddDays(-500));
        await using (var db = core.Db.Open(broken.Id))
            await db.Set<Core.AuditLog.Chain.AuditHead>().Where(head => head.TenantId == broken.Id).ExecuteUpdateAsync(set => set.SetProperty(head => head.Size, 99), Stop);

        await Assert.ThrowsAsync<AggregateException>(() => core.Get<LoginRetention>().RunAsync(NoPause, Stop));

        Assert.Single(await core.AttemptsAsync(broken.Id));
        Assert.Empty(await core.AttemptsAsync(fine.Id));
        await using var mend = core.Db.Open(broken.Id);
        await mend.Set<LoginAttempt>().ExecuteDeleteAsync(Stop);
    }

    [Fact]
    public async Task The_preview_counts_what_the_next_run_would_delete_and_stops_counting_at_ten_thousand()
    {
        var tenant = await core.NewTenantAsync();
        await core.AddPastAsync(tenant.Id, 7, Midnight.AddDays(-90) - TimeSpan.FromTicks(1));
        await core.AddPastAsync(tenant.Id, 2, Midnight.AddDays(-90));
        Assert.Equal(new RetentionPreview(7, OrMore: false), await PreviewAsync(tenant, 90));

        await core.AddPastAsync(tenant.Id, PreviewRetention.Most, Midnight.AddDays(-200));

        Assert.Equal(new RetentionPreview(PreviewRetention.Most, OrMore: true), await PreviewAsync(tenant, 90));
        Assert.Equal(PreviewRetention.Most + 9, (await core.AttemptsAsync(tenant.Id)).Count);
    }

    private async Task<RetentionPreview> PreviewAsync(TestTenant tenant, int days) => (await core.Get<PreviewRetention>().HandleAsync(days, tenant.Admin.Actor, Stop)).Value!;

    private async Task KeepAsync(TestTenant tenant, int days) =>
        Assert.True((await core.Get<UpdatePolicy>().HandleAsync(PolicySettings.Default with { LoginHistoryDays = days }, 0, tenant.Admin.Actor, Stop)).Succeeded);

    private async Task NoteAsync(Guid tenantId, long attemptId)
    {
        await using var db = core.Db.Open(tenantId);
        db.Add(new LoginNote { TenantId = tenantId, AttemptId = attemptId, Author = "reviewer", At = core.Time.GetUtcNow(), Text = "Seen." });
        await db.SaveChangesAsync(Stop);
    }

    private async Task<List<long>> NotedAsync(Guid tenantId)
    {
        await using var db = core.Db.Open(tenantId);
        return await db.Set<LoginNote>().Select(note => note.AttemptId).ToListAsync(Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : LoginRetentionTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : LoginRetentionTests(core), IClassFixture<PostgreSqlCore>;
}
