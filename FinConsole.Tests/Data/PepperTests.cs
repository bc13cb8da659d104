using FinConsole.Core.Data.KeyRing;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Data;

public sealed class PepperTests
{
    private readonly Pepper _pepper = new(CoreHost.PepperBytes);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Is_thirty_two_bytes(int length) => Assert.Throws<ArgumentException>(() => new Pepper(new byte[length]));

    [Fact]
    public void Derives_keys_as_HKDF_SHA_256_does()
    {
        // From a second implementation: Python's hmac, RFC 5869 by hand.
        Assert.Equal("1f5a56b2d7a8670b4381e7af06c5d276b2acb2cc156aa7833e7c7f208f1a7dbd", Convert.ToHexStringLower(_pepper.DeriveKey("audit tag v1")));
        Assert.NotEqual(_pepper.DeriveKey("audit tag v1"), _pepper.DeriveKey("audit tag v2"));
    }

    [Fact]
    public void Shows_neither_itself_nor_its_keys()
    {
        Assert.Equal("[redacted]", _pepper.ToString());
        Assert.Equal(16, _pepper.Fingerprint.Length);
        Assert.Equal(_pepper.Fingerprint, new Pepper(CoreHost.PepperBytes).Fingerprint);
        Assert.NotEqual(_pepper.Fingerprint, new Pepper(new byte[Pepper.Length]).Fingerprint);
    }
}
