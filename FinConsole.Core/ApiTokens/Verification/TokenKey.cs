using System.Runtime.InteropServices;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>256 bits as a dictionary's key: a hash already, so any part of it is its hash code.</summary>
internal readonly struct TokenKey(ulong a, ulong b, ulong c, ulong d) : IEquatable<TokenKey>
{
    public const int Length = 32;

    private readonly ulong _a = a;
    private readonly ulong _b = b;
    private readonly ulong _c = c;
    private readonly ulong _d = d;

    /// <param name="bytes">Exactly 32.</param>
    public static TokenKey Of(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes[..Length]);
        return new TokenKey(words[0], words[1], words[2], words[3]);
    }

    public bool Equals(TokenKey other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals(object? obj) => obj is TokenKey other && Equals(other);

    public override int GetHashCode() => (int)_a;
}
