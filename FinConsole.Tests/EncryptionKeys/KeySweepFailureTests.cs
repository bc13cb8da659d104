using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>On a database of its own: what is broken here would break every other test's sweep.</summary>
public sealed class KeySweepFailureTests
{
    [Fact]
    public async Task A_tenant_whose_log_cannot_be_written_keeps_no_other_tenant_s_key_from_being_erased()
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        var (broken, sound) = (await core.NewTenantWithKeyAsync(), await core.NewTenantWithKeyAsync());
        foreach (var tenant in new[] { broken, sound })
        {
            await core.SetPolicyAsync(tenant, decryptOnlyHours: 2);
            await core.RotateKeyAsync(tenant, decryptOnlyHours: 1);
            core.Time.Advance(TimeSpan.FromTicks(1));
        }

        core.Time.Advance(TimeSpan.FromHours(2));
        await using (var db = core.Db.Open(broken.Id))
            await db.Set<AuditHead>().ExecuteDeleteAsync(Stop);

        await Assert.ThrowsAsync<AggregateException>(() => core.Get<KeySweep>().RunAsync(Stop));

        Assert.Null((await core.KeysAsync(sound)).Single(key => key.EndedAt is not null).PrivateKey);
        // No entry, no change.
        Assert.NotNull((await core.KeysAsync(broken)).Single(key => key.EndedAt is not null).PrivateKey);
    }
}
