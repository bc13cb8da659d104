using FinConsole.Core.Common;
using FinConsole.Core.Members;
using Xunit;

namespace FinConsole.Tests.Architecture;

/// <summary>The table of rights, as product.md has it ("People and rights").</summary>
public sealed class PermissionTests
{
    private static readonly Dictionary<Permission, string> Table = new()
    {
        [Permission.UseOwnAccount] = "admin developer reviewer cashier",
        [Permission.SetUpMfa] = "admin developer reviewer cashier",
        [Permission.UseConsole] = "admin developer reviewer",
        [Permission.ReadTokens] = "admin developer reviewer",
        [Permission.ManageTokens] = "admin developer",
        [Permission.ReadEncryptionKeys] = "admin developer",
        [Permission.RotateEncryptionKeys] = "admin developer",
        [Permission.ExportPrivateKey] = "admin",
        [Permission.ReadUsage] = "admin developer reviewer",
        [Permission.ReadLoginHistory] = "admin reviewer",
        [Permission.AnnotateLoginHistory] = "admin reviewer",
        [Permission.ReadAudit] = "admin reviewer",
        [Permission.VerifyAudit] = "admin reviewer",
        [Permission.HandleAlerts] = "admin reviewer",
        [Permission.ManageMembers] = "admin",
        [Permission.ManagePolicy] = "admin",
        [Permission.ShareViews] = "admin",
        [Permission.RotateSelf] = "",
        [Permission.DecryptPayloads] = "",
    };

    [Fact]
    public void Every_right_is_given_as_the_table_says()
    {
        (Role Role, string Name)[] roles = [(Role.TenantAdmin, "admin"), (Role.Developer, "developer"), (Role.SecurityReviewer, "reviewer"), (Role.Cashier, "cashier")];
        Assert.Equal(Enum.GetValues<Role>(), roles.Select(each => each.Role));

        foreach (var permission in Enum.GetValues<Permission>())
            Assert.Equal((permission, Table[permission]), (permission, string.Join(' ', roles.Where(each => each.Role.May(permission)).Select(each => each.Name))));
    }

    [Fact]
    public void A_role_that_there_is_not_may_nothing() =>
        Assert.All(Enum.GetValues<Permission>(), permission => Assert.False(((Role)99).May(permission)));

    [Fact]
    public void Roles_keep_their_numbers() =>
        Assert.Equal(["1 TenantAdmin", "2 Developer", "3 SecurityReviewer", "4 Cashier"], Enum.GetValues<Role>().Select(role => $"{(int)role} {role}"));
}
