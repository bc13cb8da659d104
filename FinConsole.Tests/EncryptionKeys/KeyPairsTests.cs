using System.Security.Cryptography;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>The program's own pairs; other tests take theirs from a stock.</summary>
public sealed class KeyPairsTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Theory]
    [InlineData(3072)]
    [InlineData(4096)]
    public async Task Are_new_each_time_and_as_large_as_is_configured(int size)
    {
        var tenant = Guid.NewGuid();
        var pairs = new KeyPairs(core.Get<RecordProtector>(), Options.Create(new EncryptionKeyOptions { Size = size }), core.Time, NullLogger<KeyPairs>.Instance);

        EncryptionKey[] made = [await pairs.MakeAsync(tenant, Stop), await pairs.MakeAsync(tenant, Stop)];

        Assert.NotEqual(made[0].PublicKey, made[1].PublicKey);
        foreach (var key in made)
        {
            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(pairs.Reveal(tenant, key.Id, key.PrivateKey!), out _);
            Assert.Equal((size, size), (rsa.KeySize, key.Size));
            Assert.Equal(key.PublicKey, rsa.ExportSubjectPublicKeyInfo());
        }
    }
}
