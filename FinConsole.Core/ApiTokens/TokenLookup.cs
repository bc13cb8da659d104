using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Data.KeyRing;

namespace FinConsole.Core.ApiTokens;

/// <summary>
/// The key that a token is stored and found under: HMAC-SHA-256(pepper, SHA-256(token)). One fast hash is enough for 256 random
/// bits; the pepper makes the column worthless to somebody who has the database alone. SHA-256 first lets a browser or a log
/// scanner hash a token before it asks whose it is.
/// </summary>
public sealed class TokenLookup(Pepper pepper)
{
    private readonly byte[] _key = pepper.DeriveKey("token lookup v1");

    public byte[] KeyOf(ApiTokenSecret secret) => KeyOfHash(SHA256.HashData(Encoding.ASCII.GetBytes(secret.Reveal())));

    /// <param name="sha256">SHA-256 of the token's text.</param>
    public byte[] KeyOfHash(ReadOnlySpan<byte> sha256) => HMACSHA256.HashData(_key, sha256);

    /// <param name="sha256">SHA-256 of the token's text.</param>
    /// <param name="key">32 bytes to write it into.</param>
    public void KeyOfHash(ReadOnlySpan<byte> sha256, Span<byte> key) => HMACSHA256.HashData(_key, sha256, key);
}
