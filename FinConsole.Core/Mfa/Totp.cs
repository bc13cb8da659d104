using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FinConsole.Core.Mfa;

/// <summary>Time-based one-time passwords (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, 30 s, 6 digits.</summary>
public static class Totp
{
    public const int Digits = 6;

    /// <summary>RFC 4226 §4, R6: a secret of 160 bits.</summary>
    public const int SecretBytes = 20;

    /// <summary>RFC 6238 §5.2: one step either way allows for clocks that differ and for slow typing.</summary>
    public const int DriftSteps = 1;

    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <summary>The time step that an instant lies in (RFC 6238 §4.2, T0 = 0).</summary>
    public static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / (long)Period.TotalSeconds;

    /// <summary>The code of one time step (RFC 4226 §5.3).</summary>
    /// <param name="secret">The shared secret's bytes.</param>
    /// <param name="step">See <see cref="StepOf"/>.</param>
    /// <param name="digits">6; the RFC's test vectors have 8.</param>
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var offset = hash[^1] & 0x0F;
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash[offset..]) & 0x7FFF_FFFF;
        var shown = number % (uint)Math.Pow(10, digits);
        return shown.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step whose code this is, among those that count now and come after <paramref name="last"/>; null when it is none's.</summary>
    public static long? FindStep(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long last)
    {
        var current = StepOf(now);
        var typed = Encoding.UTF8.GetBytes(code);
        long? found = null;
        // All steps are computed whatever comes of it: the time tells nothing of which one matched.
        for (var step = current - DriftSteps; step <= current + DriftSteps; step++)
        {
            var matches = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, step)), typed);
            if (matches && step > last && found is null)
                found = step;
        }

        return found;
    }
}
