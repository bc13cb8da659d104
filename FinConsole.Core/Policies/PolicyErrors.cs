using FinConsole.Core.Common;

namespace FinConsole.Core.Policies;

/// <summary>Why a policy cannot be changed.</summary>
public static class PolicyErrors
{
    public static readonly Error ChangedMeanwhile = new(
        ErrorKind.Conflict, "policy_changed_meanwhile", "Somebody else changed the policy meanwhile. Reload to see what holds now, then make your change again.");

    public static readonly Error WindowOutOfRange = Error.Invalid(new Dictionary<string, string>
    {
        ["DecryptOnlyHours"] = $"Choose between 0 and {TenantPolicy.LongestDecryptOnlyHours} hours.",
    });
}
