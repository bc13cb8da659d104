using System.Buffers.Binary;
using System.Security.Cryptography;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Tenants;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>
/// Tells keys that this installation made from those that somebody put into the table: whoever signs with the private part of a published
/// key is every member. A key from before the seals is told by its private part, while it has one, because nobody else could encrypt that.
/// </summary>
public sealed class AccessTokenKeySeal(Pepper pepper, RecordProtector protector)
{
    private const string Kind = "access-token-key";

    private readonly RowSeal _seal = new(pepper.DeriveKey("access token key seal v1"));

    /// <summary>Over what makes the row a published key. The private part has a proof of its own, and goes before the row does.</summary>
    internal byte[] Of(AccessTokenKey key) => _seal.Of(ContentOf(key));

    internal bool IsOurs(AccessTokenKey key) => key.Seal is { } seal ? _seal.Fits(ContentOf(key), seal) : IsProvenByPrivateKey(key);

    /// <summary>The private part for its column.</summary>
    internal byte[] Protect(Guid id, byte[] pkcs8) => protector.Protect(Kind, Tenant.Operator, id, pkcs8);

    /// <summary>The private part laid open. Dispose it.</summary>
    /// <exception cref="CryptographicException">It has none, or one that is not of this row.</exception>
    internal ECDsa Open(AccessTokenKey key)
    {
        var pkcs8 = protector.Unprotect(Kind, Tenant.Operator, key.Id, key.PrivateKey ?? []);
        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportPkcs8PrivateKey(pkcs8, out _);
            return ecdsa;
        }
        catch
        {
            ecdsa.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private bool IsProvenByPrivateKey(AccessTokenKey key)
    {
        try
        {
            using var ecdsa = Open(key);
            return ecdsa.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.PublicKey);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[] ContentOf(AccessTokenKey key)
    {
        var bytes = new byte[16 + 8 + key.PublicKey.Length];
        key.Id.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), key.SignsFrom.UtcTicks);
        key.PublicKey.CopyTo(bytes, 24);
        return bytes;
    }
}
