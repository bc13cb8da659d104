using System.Text.Json.Serialization;
using FinConsole.Core.Common;

namespace FinConsole.Core.Members;

/// <summary>What a member is in the tenant; exactly one each. The numbers are stored and never change meaning.</summary>
public enum Role
{
    [JsonStringEnumMemberName("TenantAdmin")]
    TenantAdmin = 1,
    [JsonStringEnumMemberName("Developer")]
    Developer = 2,
    [JsonStringEnumMemberName("SecurityReviewer")]
    SecurityReviewer = 3,

    /// <summary>An account that tokens act as; signs in to its own account pages alone.</summary>
    [JsonStringEnumMemberName("Cashier")]
    Cashier = 4,
}

/// <summary>Which rights a role has (product.md, "People and rights").</summary>
public static class RoleRights
{
    private static readonly Dictionary<Role, HashSet<Right>> ByRole = new()
    {
        [Role.TenantAdmin] = [.. Enum.GetValues<Right>().Except([Right.RotateSelf, Right.DecryptPayloads])],
        [Role.Developer] =
        [
            Right.UseOwnAccount, Right.SetUpMfa, Right.UseConsole, Right.ReadTokens, Right.ManageTokens,
            Right.ReadEncryptionKeys, Right.RotateEncryptionKeys, Right.ReadUsage,
        ],
        [Role.SecurityReviewer] =
        [
            Right.UseOwnAccount, Right.SetUpMfa, Right.UseConsole, Right.ReadTokens, Right.ReadUsage, Right.ReadLoginHistory,
            Right.AnnotateLoginHistory, Right.ReadAudit, Right.VerifyAudit, Right.HandleAlerts,
        ],
        [Role.Cashier] = [Right.UseOwnAccount, Right.SetUpMfa],
    };

    public static bool May(this Role role, Right right) => ByRole.TryGetValue(role, out var rights) && rights.Contains(right);

    /// <summary>The role's name as people read it.</summary>
    public static string DisplayName(this Role role) => role switch
    {
        Role.TenantAdmin => RoleTexts.TenantAdmin,
        Role.Developer => RoleTexts.Developer,
        Role.SecurityReviewer => RoleTexts.SecurityReviewer,
        Role.Cashier => RoleTexts.Cashier,
    };
}
