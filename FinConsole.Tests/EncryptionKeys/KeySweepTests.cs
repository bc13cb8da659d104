using FinConsole.Core.AuditLog;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>Private parts are erased when their window is over.</summary>
public abstract class KeySweepTests(CoreHost core)
{
    [Fact]
    public async Task Erases_what_is_due_once_with_an_entry_and_a_notice()
    {
        var (tenant, old) = await TenantWithWindowAsync(hours: 3);
        core.Time.Advance(TimeSpan.FromHours(3));

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, SweepTwiceAsync));

        Assert.Equal(
            (AuditAction.EncryptionKeyErase, old, ActorKind.System, "key sweep"), (entry.Action, entry.ResourceId!.Value, entry.ActorKind, entry.ActorName));
        var keys = await core.KeysAsync(tenant);
        Assert.Null(keys.Single(key => key.Id == old).PrivateKey);
        Assert.NotNull(keys.Single(key => key.EndedAt is null).PrivateKey);
        Assert.Contains(await core.ChangesOfAsync(old), change => change.Kind == ChangeKind.EncryptionKey);
    }

    [Fact]
    public async Task Erases_nothing_a_moment_too_early()
    {
        var (tenant, old) = await TenantWithWindowAsync(hours: 3);
        core.Time.Advance(TimeSpan.FromHours(3) - TimeSpan.FromTicks(1));
        Assert.Empty(await core.AuditOfAsync(tenant.Id, SweepTwiceAsync));
        Assert.NotNull((await core.KeysAsync(tenant)).Single(key => key.Id == old).PrivateKey);
    }

    [Fact]
    public async Task Several_instances_sweeping_at_once_erase_each_key_once()
    {
        var (tenant, _) = await TenantWithWindowAsync(hours: 1);
        core.Time.Advance(TimeSpan.FromHours(1));
        var entries = await core.AuditOfAsync(tenant.Id, () => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => core.Get<KeySweep>().RunAsync(Stop)))));
        Assert.Single(entries);
    }

    [Fact]
    public async Task What_a_rotation_without_a_window_erased_needs_no_sweep()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.RotateKeyAsync(tenant);
        core.Time.Advance(TimeSpan.FromDays(2));
        Assert.Empty(await core.AuditOfAsync(tenant.Id, SweepTwiceAsync));
    }

    [Fact]
    public void The_program_sweeps_by_itself() => Assert.Single(core.Get<IEnumerable<IHostedService>>().OfType<KeyWorker>());

    private async Task<(TestTenant Tenant, Guid Old)> TenantWithWindowAsync(int hours)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, hours);
        var old = await core.CurrentKeyAsync(tenant);
        await core.RotateKeyAsync(tenant, decryptOnlyHours: hours);
        return (tenant, old.Id);
    }

    private async Task SweepTwiceAsync()
    {
        await core.Get<KeySweep>().RunAsync(Stop);
        await core.Get<KeySweep>().RunAsync(Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : KeySweepTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : KeySweepTests(core), IClassFixture<PostgreSqlCore>;
}
