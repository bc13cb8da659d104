using System.Security.Cryptography;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Data;

/// <summary>The secrets beside the database, and what is encrypted inside it.</summary>
public abstract class KeyRingTests(CoreHost core)
{
    private static readonly byte[] Plaintext = [1, 2, 3, 4];

    [Fact]
    public async Task The_pepper_is_remembered_by_its_fingerprint_and_another_is_refused()
    {
        await core.Get<PepperCheck>().EnsureSameAsync(Stop);
        await core.Get<PepperCheck>().EnsureSameAsync(Stop);

        var other = new PepperCheck(core.Db, new Pepper(new byte[Pepper.Length]));
        var refusal = await Assert.ThrowsAsync<ConfigurationRefusedException>(() => other.EnsureSameAsync(Stop));

        Assert.Contains(core.Get<Pepper>().Fingerprint, refusal.Message, StringComparison.Ordinal);
        await using var db = core.Db.OpenForOperator();
        Assert.Equal(core.Get<Pepper>().Fingerprint, (await db.Set<InstanceFact>().SingleAsync(fact => fact.Name == InstanceFact.PepperFingerprint, Stop)).Value);
    }

    [Fact]
    public void A_protected_value_opens_in_its_own_record_alone()
    {
        var protector = core.Get<RecordProtector>();
        var (tenant, record) = (Guid.NewGuid(), Guid.NewGuid());
        var ciphertext = protector.Protect("kind", tenant, record, Plaintext);

        Assert.Equal(Plaintext, protector.Unprotect("kind", tenant, record, ciphertext));
        Assert.Throws<CryptographicException>(() => protector.Unprotect("kind", tenant, Guid.NewGuid(), ciphertext));
        Assert.Throws<CryptographicException>(() => protector.Unprotect("kind", Guid.NewGuid(), record, ciphertext));
        Assert.Throws<CryptographicException>(() => protector.Unprotect("other", tenant, record, ciphertext));
    }

    [Fact]
    public void A_damaged_value_does_not_open()
    {
        var protector = core.Get<RecordProtector>();
        var (tenant, record) = (Guid.NewGuid(), Guid.NewGuid());
        var ciphertext = protector.Protect("kind", tenant, record, Plaintext);
        for (var at = 0; at < ciphertext.Length; at++)
        {
            var damaged = ciphertext.ToArray();
            damaged[at] ^= 1;
            Assert.Throws<CryptographicException>(() => protector.Unprotect("kind", tenant, record, damaged));
        }

        Assert.Throws<CryptographicException>(() => protector.Unprotect("kind", tenant, record, []));
    }

    [Fact]
    public async Task Another_instance_reads_what_this_one_protected_from_the_ring_in_the_database()
    {
        var (tenant, record) = (Guid.NewGuid(), Guid.NewGuid());
        var ciphertext = core.Get<RecordProtector>().Protect("kind", tenant, record, Plaintext);
        await using var other = core.NewInstance();

        Assert.Equal(Plaintext, other.GetRequiredService<RecordProtector>().Unprotect("kind", tenant, record, ciphertext));
    }

    [Fact]
    public async Task The_ring_lies_in_the_database_encrypted()
    {
        core.Get<RecordProtector>().Protect("kind", Guid.NewGuid(), Guid.NewGuid(), Plaintext);

        await using var db = core.Db.OpenForOperator();
        var keys = await db.Set<DataProtectionKey>().Select(key => key.Xml).ToListAsync(Stop);
        Assert.NotEmpty(keys);
        Assert.All(keys, xml => Assert.Contains("EncryptedData", xml, StringComparison.Ordinal));
        Assert.All(keys, xml => Assert.DoesNotContain("<value>", xml, StringComparison.Ordinal));
    }

    public sealed class OnSqlite(SqliteCore core) : KeyRingTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : KeyRingTests(core), IClassFixture<PostgreSqlCore>;
}
