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
public static class RolePermissions
{
    private static readonly Dictionary<Role, HashSet<Permission>> ByRole = new()
    {
        [Role.TenantAdmin] = [.. Enum.GetValues<Permission>().Except([Permission.RotateSelf, Permission.DecryptPayloads])],
        [Role.Developer] =
        [
            Permission.UseOwnAccount, Permission.SetUpMfa, Permission.UseConsole, Permission.ReadTokens, Permission.ManageTokens,
            Permission.ReadEncryptionKeys, Permission.RotateEncryptionKeys, Permission.ReadUsage,
        ],
        [Role.SecurityReviewer] =
        [
            Permission.UseOwnAccount, Permission.SetUpMfa, Permission.UseConsole, Permission.ReadTokens, Permission.ReadUsage, Permission.ReadLoginHistory,
            Permission.AnnotateLoginHistory, Permission.ReadAudit, Permission.VerifyAudit, Permission.HandleAlerts,
        ],
        [Role.Cashier] = [Permission.UseOwnAccount, Permission.SetUpMfa],
    };

    public static bool May(this Role role, Permission permission) => ByRole.TryGetValue(role, out var permissions) && permissions.Contains(permission);

    /// <summary>The role's name as people read it.</summary>
    public static string DisplayName(this Role role) => role switch
    {
        Role.TenantAdmin => RoleTexts.TenantAdmin,
        Role.Developer => RoleTexts.Developer,
        Role.SecurityReviewer => RoleTexts.SecurityReviewer,
        Role.Cashier => RoleTexts.Cashier,
    };
}
