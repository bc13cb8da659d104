using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>A tenant has exactly one current key, whoever rotates when.</summary>
public abstract class EncryptionKeyRaceTests(CoreHost core)
{
    private const int Many = 64;
    private const int Instances = 4;

    [Fact]
    public async Task Of_64_rotations_at_once_on_four_instances_one_succeeds_and_63_meet_a_conflict()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var request = new RotateEncryptionKeyRequest((await core.CurrentKeyAsync(tenant)).Id, RotationReason.Scheduled);
        var instances = Enumerable.Range(0, Instances).Select(_ => core.NewInstance()).ToList();

        Result<Guid>[] results = [];
        var entries = await core.AuditOfAsync(tenant.Id, async () => results = await Task.WhenAll(Enumerable.Range(0, Many).Select(number =>
            Task.Run(() => instances[number % Instances].GetRequiredService<RotateEncryptionKey>().HandleAsync(request, tenant.Developer.Actor, Stop)))));
        foreach (var instance in instances)
            await instance.DisposeAsync();

        var made = Assert.Single(results, result => result.Succeeded).Value;
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal(EncryptionKeyErrors.RotatedMeanwhile, result.Error));
        Assert.Equal(ErrorKind.Conflict, EncryptionKeyErrors.RotatedMeanwhile.Kind);
        Assert.Equal(made, (await core.CurrentKeyAsync(tenant)).Id);
        Assert.Equal(2, (await core.KeysAsync(tenant)).Count);
        Assert.Equal(AuditAction.EncryptionKeyRotate, Assert.Single(entries).Action);
        Assert.True((await core.Get<ChainVerifier>().VerifyAsync(tenant.Id, null, null, Stop)).Intact);
    }

    [Fact]
    public async Task The_database_itself_refuses_a_second_current_key()
    {
        var tenant = await core.NewTenantWithKeyAsync();

        await Assert.ThrowsAsync<DbUpdateException>(() => core.AddKeyAsync(tenant));

        Assert.Single(await core.KeysAsync(tenant));
        await core.RotateKeyAsync(tenant);
        await core.RotateKeyAsync(tenant);
        Assert.Equal(3, (await core.KeysAsync(tenant)).Count);
    }

    public sealed class OnSqlite(SqliteCore core) : EncryptionKeyRaceTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : EncryptionKeyRaceTests(core), IClassFixture<PostgreSqlCore>;
}
