using FinConsole.Core.Common;

namespace FinConsole.Core.Policies;

/// <summary>Why a policy cannot be changed. Figures out of range are told by <see cref="PolicyRules"/>.</summary>
public static class PolicyErrors
{
    public static readonly Error ChangedMeanwhile = new(
        ErrorKind.Conflict, "policy_changed_meanwhile", PolicyErrorTexts.ChangedMeanwhile);
}
