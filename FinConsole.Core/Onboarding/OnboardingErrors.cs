using FinConsole.Core.Common;

namespace FinConsole.Core.Onboarding;

/// <summary>Why a tenant cannot be made, or closed.</summary>
public static class OnboardingErrors
{
    public static readonly Error Taken = new(ErrorKind.Conflict, "taken", OnboardingErrorTexts.Taken);

    public static readonly Error NoSuchTenant = new(ErrorKind.NotFound, "tenant_not_found", OnboardingErrorTexts.NoSuchTenant);

    public static readonly Error AlreadyClosed = new(ErrorKind.Refused, "tenant_closed", OnboardingErrorTexts.AlreadyClosed);
}
