using FinConsole.Core.Members;

namespace FinConsole.Web.Team;

/// <summary>How roles are spoken of.</summary>
internal static class RoleLabels
{
    /// <summary>What the role may do, in a sentence.</summary>
    public static string May(Role role) => role switch
    {
        Role.TenantAdmin => TeamTexts.RoleAdminMay,
        Role.Developer => TeamTexts.RoleDeveloperMay,
        Role.SecurityReviewer => TeamTexts.RoleReviewerMay,
        Role.Cashier => TeamTexts.RoleCashierMay,
    };
}
