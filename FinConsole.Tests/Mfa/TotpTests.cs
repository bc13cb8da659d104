using System.Text;
using FinConsole.Core.Email;
using FinConsole.Core.Mfa;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.Options;
using OtpNet;
using Xunit;
using Totp = FinConsole.Core.Mfa.Totp;

namespace FinConsole.Tests.Mfa;

/// <summary>One-time passwords as the RFC has them, and as an authenticator of somebody else's making computes them.</summary>
public sealed class TotpTests
{
    // RFC 6238 appendix B, the SHA-1 column.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Makes_the_codes_of_RFC_6238_appendix_B(long seconds, string expected)
    {
        var secret = Encoding.ASCII.GetBytes("12345678901234567890");
        var step = Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds));

        Assert.Equal(expected, Totp.Code(secret, step, digits: 8));
        Assert.Equal(expected[2..], Totp.Code(secret, step));
    }

    [Fact]
    public async Task Takes_what_oathtool_shows_30_seconds_ago_now_and_in_30_seconds_and_nothing_a_minute_off()
    {
        var secret = TotpSecret.New();
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 15, TimeSpan.Zero);
        foreach (var seconds in new[] { -60, -30, 0, 30, 60 })
        {
            var code = await Oathtool.ShowAsync(secret.RevealBase32(), now.AddSeconds(seconds));
            var found = Totp.FindStep(secret.Bytes, code, now, last: 0);
            Assert.Equal((seconds, Math.Abs(seconds) <= 30 ? Totp.StepOf(now.AddSeconds(seconds)) : null), (seconds, found));
        }
    }

    // security.md, "Faults survived": a phone's clock that is off by this much.
    [Theory]
    [InlineData(25, true)]
    [InlineData(31, true)]
    [InlineData(95, false)]
    public void Allows_for_clocks_that_are_off_by_one_step_and_no_more(int seconds, bool accepted)
    {
        var secret = TotpSecret.New();
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 10, TimeSpan.Zero);
        foreach (var off in new[] { seconds, -seconds })
            Assert.Equal(accepted, Totp.FindStep(secret.Bytes, Totp.Code(secret.Bytes, Totp.StepOf(now.AddSeconds(off))), now, last: 0) is not null);
    }

    [Fact]
    public void Takes_no_step_at_or_before_the_last_one()
    {
        var secret = TotpSecret.New();
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 15, TimeSpan.Zero);
        var step = Totp.StepOf(now);

        Assert.Equal(step, Totp.FindStep(secret.Bytes, Totp.Code(secret.Bytes, step), now, step - 1));
        Assert.Null(Totp.FindStep(secret.Bytes, Totp.Code(secret.Bytes, step), now, step));
        Assert.Null(Totp.FindStep(secret.Bytes, Totp.Code(secret.Bytes, step - 1), now, step));
        Assert.Equal(step + 1, Totp.FindStep(secret.Bytes, Totp.Code(secret.Bytes, step + 1), now, step));
    }

    // Found by trying ten million steps: this secret's code of 09:00:00 is that of 09:00:30 too.
    [Fact]
    public void Takes_a_code_of_a_spent_step_that_is_a_later_ones_too()
    {
        var secret = Encoding.ASCII.GetBytes("12345678901234567890");
        var now = new DateTimeOffset(2026, 2, 23, 9, 0, 30, TimeSpan.Zero);
        var step = Totp.StepOf(now);

        Assert.Equal(("963181", "963181"), (Totp.Code(secret, step - 1), Totp.Code(secret, step)));
        Assert.Equal(step - 1, Totp.FindStep(secret, "963181", now, last: step - 2));
        Assert.Equal(step, Totp.FindStep(secret, "963181", now, last: step - 1));
        Assert.Equal(step, Totp.FindStep(secret, "963181", now.AddSeconds(-30), last: step - 1));
        Assert.Null(Totp.FindStep(secret, "963181", now, last: step));
    }

    [Fact]
    public void Computes_the_codes_of_all_three_steps_whichever_matches_and_whatever_is_typed()
    {
        var secret = TotpSecret.New().Bytes;
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 15, TimeSpan.Zero);
        var step = Totp.StepOf(now);
        string[] typed = [.. Enumerable.Range(-2, 5).Select(off => Totp.Code(secret, step + off)), "", "1", "1234567"];

        foreach (var code in typed)
        {
            var key = new CountingKey(secret);
            Totp.FindStep(key, code, now, last: step);
            Assert.Equal((code, 3), (code, key.Computed));
        }
    }

    // RFC 4648 §10 has "foobar" = MZXW6YTBOI; five of its bytes make whole groups.
    [Theory]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("12345678901234567890", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    public void Writes_the_secret_in_base32(string bytes, string expected) => Assert.Equal(expected, new TotpSecret(Encoding.ASCII.GetBytes(bytes)).RevealBase32());

    [Fact]
    public void Names_issuer_and_account_as_authenticator_apps_expect()
    {
        var secret = new TotpSecret(Encoding.ASCII.GetBytes("12345678901234567890"));

        Assert.Equal(
            "otpauth://totp/FinConsole%20console.example:ann%2Btest%40acme.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=FinConsole%20console.example&algorithm=SHA1&digits=6&period=30",
            secret.RevealUri("ann+test@acme.example", "FinConsole console.example"));
        Assert.Equal("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ", string.Join(' ', secret.RevealGroups()));
    }

    [Theory]
    [InlineData(null, "FinConsole console.example")]
    [InlineData(" ", "FinConsole console.example")]
    [InlineData(" Acme payments ", "Acme payments")]
    public void The_issuer_is_the_configured_one_or_tells_the_installation_by_its_host(string? configured, string expected)
    {
        var issuer = new TotpIssuer(new ConsoleAddress(new Uri("https://console.example:8443/")), Options.Create(new MfaOptions { Issuer = configured }));

        Assert.Equal(expected, issuer.Name);
    }

    [Theory]
    [InlineData("Acme payments", true)]
    [InlineData("Acme: payments", false)]
    [InlineData("Acme & Co", false)]
    [InlineData("Acme\npayments", false)]
    public void An_issuer_that_apps_misread_is_refused(string name, bool readable) => Assert.Equal(readable, TotpIssuer.IsReadable(name));

    [Fact]
    public void Prints_no_secret() => Assert.Equal("[redacted]", $"{TotpSecret.New()}");

    private sealed class CountingKey(byte[] secret) : IKeyProvider
    {
        private readonly InMemoryKey _key = new(secret);

        public int Computed { get; private set; }

        public byte[] ComputeHmac(OtpHashMode mode, byte[] data)
        {
            Computed++;
            return _key.ComputeHmac(mode, data);
        }
    }
}
