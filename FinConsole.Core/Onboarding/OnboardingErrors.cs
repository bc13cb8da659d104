using FinConsole.Core.Common;

namespace FinConsole.Core.Onboarding;

/// <summary>Why a tenant cannot be made.</summary>
public static class OnboardingErrors
{
    public static readonly Error Taken = new(ErrorKind.Conflict, "taken", "There is a tenant of that name, or an account with that email address.");
}
