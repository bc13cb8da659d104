using System.Collections.Concurrent;
using System.Security.Cryptography;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FinConsole.Tests.Fixtures;

/// <summary>
/// Real pairs of the usual size, made once a run and dealt to every tenant in the same order: primes are half a second of a core each.
/// No tenant gets one twice, whichever instance makes it; two tenants may have the same.
/// </summary>
public sealed class StockedKeyPairs(RecordProtector protector, IOptions<EncryptionKeyOptions> options, TimeProvider time, ILogger<KeyPairs> logger)
    : KeyPairs(protector, options, time, logger)
{
    private static readonly ConcurrentDictionary<int, Lazy<byte[]>> Stock = new();
    private static readonly ConcurrentDictionary<Guid, int> Dealt = new();

    protected override RSA FindPrimes(Guid tenantId, int size)
    {
        if (size != EncryptionKey.SmallestSize)
            return base.FindPrimes(tenantId, size);
        var number = Dealt.AddOrUpdate(tenantId, 0, (_, last) => last + 1);
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Stock.GetOrAdd(number, _ => new Lazy<byte[]>(Make)).Value, out _);
        return rsa;
    }

    private static byte[] Make()
    {
        using var rsa = RSA.Create(EncryptionKey.SmallestSize);
        return rsa.ExportPkcs8PrivateKey();
    }
}
