using System.Diagnostics;
using System.Globalization;

namespace FinConsole.E2E.Fixtures;

/// <summary>
/// A phone with OATH Toolkit's <c>oathtool</c> on it. Every code works once, and the console takes those of the step before, of now
/// and of the next: three at once, then one each half minute.
/// </summary>
public sealed class Authenticator(string secret)
{
    private const int Step = 30;
    private const int NearTheEnd = 22;
    private long _last;

    /// <summary>A code that this phone has not given out before and the console takes now.</summary>
    public async Task<string> NextCodeAsync()
    {
        while (true)
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            // The step before goes out of date within the step that runs.
            var earliest = (now / Step) - (now % Step < NearTheEnd ? 1 : 0);
            var step = Math.Max(_last + 1, earliest);
            if (step <= (now / Step) + 1)
            {
                _last = step;
                return await ShowAsync(step * Step);
            }

            // Every code that the console takes now has been given out: until the clock brings the next, as on any phone.
            await Task.Delay(TimeSpan.FromSeconds(((step - 1) * Step) - now), Stop);
        }
    }

    /// <summary>What it would show at a time so many seconds from now.</summary>
    public Task<string> ShowInAsync(int seconds) => ShowAsync(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds);

    private async Task<string> ShowAsync(long unixSeconds)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("oathtool", ["--totp", "--base32", "--now", at, "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("oathtool does not start.");
        await process.StandardInput.WriteLineAsync(secret);
        process.StandardInput.Close();
        return (await process.StandardOutput.ReadToEndAsync(Stop)).Trim();
    }
}
