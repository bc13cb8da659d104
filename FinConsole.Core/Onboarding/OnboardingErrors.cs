using FinConsole.Core.Common;

namespace FinConsole.Core.Onboarding;

/// <summary>Why a tenant cannot be made, or closed.</summary>
public static class OnboardingErrors
{
    public static readonly Error Taken = new(ErrorKind.Conflict, "taken", "There is a tenant of that name, or an account with that email address.");

    public static readonly Error NoSuchTenant = new(ErrorKind.NotFound, "tenant_not_found", "There is no tenant of that name.");

    public static readonly Error AlreadyClosed = new(ErrorKind.Refused, "tenant_closed", "That tenant is closed already.");
}
