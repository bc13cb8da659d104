using FinConsole.Core.Policies;
using FinConsole.Web.Policies;
using Xunit;

namespace FinConsole.Tests.Policies;

public sealed class PolicyLabelsTests
{
    [Theory]
    [InlineData(7, 11, true, "7 of 11 active members have no authenticator app yet. As soon as you save, their open pages take them to the setup. You are one of them.")]
    [InlineData(7, 11, false, "7 of 11 active members have no authenticator app yet. As soon as you save, their open pages take them to the setup.")]
    [InlineData(1, 11, true, "1 of 11 active members has no authenticator app yet. As soon as you save, their open pages take them to the setup. It is you.")]
    [InlineData(0, 11, false, "Every active member has an authenticator app already.")]
    public void Requiring_mfa_says_whom_it_sends_to_the_setup_and_whether_oneself_is_among_them(int without, int members, bool own, string expected) =>
        Assert.Equal(expected, PolicyLabels.MfaEffect(new PolicyView(PolicySettings.Default, 0, without, members, own)));
}
