using FinConsole.Core.Common;
using FinConsole.Core.Members;
using Xunit;

namespace FinConsole.Tests.Architecture;

/// <summary>The table of rights, as product.md has it ("People and rights").</summary>
public sealed class RightsTests
{
    private static readonly Dictionary<Right, string> Table = new()
    {
        [Right.UseOwnAccount] = "admin developer reviewer cashier",
        [Right.SetUpMfa] = "admin developer reviewer cashier",
        [Right.UseConsole] = "admin developer reviewer",
        [Right.ReadTokens] = "admin developer reviewer",
        [Right.ManageTokens] = "admin developer",
        [Right.ReadEncryptionKeys] = "admin developer",
        [Right.RotateEncryptionKeys] = "admin developer",
        [Right.ExportPrivateKey] = "admin",
        [Right.ReadUsage] = "admin developer reviewer",
        [Right.ReadLoginHistory] = "admin reviewer",
        [Right.AnnotateLoginHistory] = "admin reviewer",
        [Right.ReadAudit] = "admin reviewer",
        [Right.VerifyAudit] = "admin reviewer",
        [Right.HandleAlerts] = "admin reviewer",
        [Right.ManageMembers] = "admin",
        [Right.ManagePolicy] = "admin",
        [Right.RotateSelf] = "",
        [Right.DecryptPayloads] = "",
    };

    [Fact]
    public void Every_right_is_given_as_the_table_says()
    {
        (Role Role, string Name)[] roles = [(Role.TenantAdmin, "admin"), (Role.Developer, "developer"), (Role.SecurityReviewer, "reviewer"), (Role.Cashier, "cashier")];
        Assert.Equal(Enum.GetValues<Role>(), roles.Select(each => each.Role));

        foreach (var right in Enum.GetValues<Right>())
            Assert.Equal((right, Table[right]), (right, string.Join(' ', roles.Where(each => each.Role.May(right)).Select(each => each.Name))));
    }

    [Fact]
    public void A_role_that_there_is_not_may_nothing() =>
        Assert.All(Enum.GetValues<Right>(), right => Assert.False(((Role)99).May(right)));

    [Fact]
    public void Roles_keep_their_numbers() =>
        Assert.Equal(["1 TenantAdmin", "2 Developer", "3 SecurityReviewer", "4 Cashier"], Enum.GetValues<Role>().Select(role => $"{(int)role} {role}"));
}
