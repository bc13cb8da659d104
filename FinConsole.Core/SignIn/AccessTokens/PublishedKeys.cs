using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using FinConsole.Core.Data;
using Microsoft.IdentityModel.Tokens;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>A public key as others read it (RFC 7517, RFC 7518 §6.2).</summary>
/// <param name="Kid">The key's id.</param>
/// <param name="X">Base64url of the point's coordinate, 32 bytes.</param>
/// <param name="Y">The same of the other one.</param>
public sealed record PublishedKey(string Kid, string X, string Y);

/// <summary>
/// The public keys that verify access tokens: those that sign, those that will, and those whose last token has not expired yet. Kept
/// in memory; a key id that is not among them is looked for in the database, at most once a second, however many junk ids come.
/// </summary>
public sealed class PublishedKeys(ConsoleDb db, AccessTokenKeyRows keys, TimeProvider time)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _looking = new(1, 1);
    private ImmutableDictionary<Guid, Held> _held = ImmutableDictionary<Guid, Held>.Empty;
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;

    /// <summary>All of them as of now, for the key set that is published.</summary>
    public async Task<IReadOnlyList<PublishedKey>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(cancellationToken)).Values.OrderBy(held => held.SignsFrom).Select(held => new PublishedKey(held.Key.Kid, held.Key.X, held.Key.Y))];

    /// <summary>The key to verify with; null for one that is not published, or no longer.</summary>
    internal async Task<SecurityKey?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!_held.TryGetValue(id, out var held))
            held = await LookAsync(id, now, cancellationToken);
        return held is not null && held.PublishedUntil > now ? held.Key : null;
    }

    // One looks and the others wait for what it finds: the key that they miss may be the very one that it brings.
    private async Task<Held?> LookAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            // Backwards too: a clock that was set back must not shut the door for as long.
            if (!_held.ContainsKey(id) && ((now - _lookedAt).Duration() >= LookAgainAfter || _held.IsEmpty))
            {
                await ReadAsync(cancellationToken);
                _lookedAt = now;
            }

            return _held.GetValueOrDefault(id);
        }
        finally
        {
            _looking.Release();
        }
    }

    private async Task<ImmutableDictionary<Guid, Held>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = db.OpenForOperator();
        var published = (await keys.ReadAsync(context, cancellationToken)).Where(key => key.PublishedUntil > now);
        var read = published.ToImmutableDictionary(key => key.Id, key => new Held(key.SignsFrom, key.PublishedUntil, ToJwk(key.Id, key.PublicKey)));
        _held = read;
        return read;
    }

    private static JsonWebKey ToJwk(Guid id, byte[] publicKey)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(publicKey, out _);
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        return new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = JsonWebKeyECTypes.P256,
            Alg = SecurityAlgorithms.EcdsaSha256,
            Use = JsonWebKeyUseNames.Sig,
            Kid = id.ToString(),
            X = Base64Url.EncodeToString(point.X!),
            Y = Base64Url.EncodeToString(point.Y!),
        };
    }

    private sealed record Held(DateTimeOffset SignsFrom, DateTimeOffset PublishedUntil, JsonWebKey Key);
}
