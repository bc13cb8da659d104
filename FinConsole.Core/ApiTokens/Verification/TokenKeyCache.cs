using System.Security.Cryptography;
using System.Text;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>
/// Remembers the lookup keys of tokens seen lately by their plain SHA-256, which spares them the keyed hash. It maps a hash to a hash:
/// whether a token is good is not decided here, and a flood of unknown ones only overwrites it.
/// </summary>
internal sealed class TokenKeyCache(TokenLookup lookup)
{
    private const int Slots = 8192;

    private readonly Slot?[] _slots = new Slot?[Slots];

    public TokenKey Of(string token)
    {
        Span<byte> text = stackalloc byte[ApiTokenSecret.Length];
        Span<byte> hash = stackalloc byte[TokenKey.Length];
        Encoding.ASCII.GetBytes(token, text);
        SHA256.HashData(text, hash);
        var plain = TokenKey.Of(hash);
        ref var slot = ref _slots[plain.GetHashCode() & (Slots - 1)];
        if (Volatile.Read(ref slot) is { } known && known.Plain.Equals(plain))
            return known.Key;

        Span<byte> keyed = stackalloc byte[TokenKey.Length];
        lookup.KeyOfHash(hash, keyed);
        var key = TokenKey.Of(keyed);
        Volatile.Write(ref slot, new Slot(plain, key));
        return key;
    }

    private sealed record Slot(TokenKey Plain, TokenKey Key);
}
