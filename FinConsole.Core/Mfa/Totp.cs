using System.Security.Cryptography;
using OtpNet;

namespace FinConsole.Core.Mfa;

/// <summary>Time-based one-time passwords (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, 30 s, 6 digits. Otp.NET computes them.</summary>
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

    /// <summary>The code of one time step.</summary>
    /// <param name="secret">The shared secret's bytes.</param>
    /// <param name="step">See <see cref="StepOf"/>.</param>
    /// <param name="digits">6; the RFC's test vectors have 8.</param>
    public static string Code(byte[] secret, long step, int digits = Digits) => Computing(new Key(secret), digits).ComputeTotp(StartOf(step));

    /// <summary>The step whose code this is, among those that count now and come after <paramref name="last"/>; null when it is none's.</summary>
    public static long? FindStep(byte[] secret, string code, DateTimeOffset now, long last) => FindStep(new Key(secret), code, now, last);

    internal static long? FindStep(IKeyProvider key, string code, DateTimeOffset now, long last)
    {
        var totp = Computing(key, Digits);
        var current = StepOf(now);
        long? found = null;
        // The library stops at the first of a window's steps that matches: it would tell by its time which one that was, and would miss a
        // code of a spent step and of a later one. So it is asked for each step, whatever comes of it.
        for (var step = current - DriftSteps; step <= current + DriftSteps; step++)
        {
            var matches = totp.VerifyTotp(StartOf(step), code, out _);
            if (matches && step > last && found is null)
                found = step;
        }

        return found;
    }

    private static OtpNet.Totp Computing(IKeyProvider key, int digits) => new(key, (int)Period.TotalSeconds, OtpHashMode.Sha1, digits);

    private static DateTime StartOf(long step) => DateTime.UnixEpoch + (step * Period);

    /// <summary>The secret where it lies. The library's own keys are copies, which nobody clears.</summary>
    private sealed class Key(byte[] secret) : IKeyProvider
    {
        public byte[] ComputeHmac(OtpHashMode mode, byte[] data) => HMACSHA1.HashData(secret, data);
    }
}
