using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.Onboarding;

/// <param name="TenantName">1 to 80 characters, unique in any letter case.</param>
/// <param name="Domain">The mail domain of its people, or null.</param>
/// <param name="AdminName">1 to 80 characters.</param>
/// <param name="AdminEmail">Unique across tenants.</param>
/// <param name="AdminPassword">As <see cref="PasswordRules"/> demand.</param>
public sealed record OnboardTenantRequest(string TenantName, string? Domain, string AdminName, string AdminEmail, Secret AdminPassword);

/// <summary>What onboarding made.</summary>
public sealed record OnboardedTenant(Guid TenantId, Guid AdminId);

/// <summary>Makes a tenant, its first admin, its RSA pair and the beginning of its audit chain, in one transaction.</summary>
public sealed class OnboardTenant(AuditedTransactions transactions, TenantFounding founding, NewPassword newPassword, NewMember newMember)
{
    public Task<Result<OnboardedTenant>> HandleAsync(OnboardTenantRequest request, RequestOrigin origin, CancellationToken cancellationToken) =>
        HandleAsync(request, setupFact: null, origin, cancellationToken);

    internal async Task<Result<OnboardedTenant>> HandleAsync(OnboardTenantRequest request, string? setupFact, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (Validate(request) is { Count: > 0 } faults)
            return Error.Invalid(faults);

        var owner = new PasswordOwner(request.AdminName, request.AdminEmail, PlainText.Clean(request.TenantName), HasMfa: false);
        var hashed = await newPassword.HashAsync(request.AdminPassword, owner, cancellationToken);
        if (!hashed.Succeeded)
            return hashed.Error;

        var founded = await founding.PrepareAsync(request.TenantName, request.Domain, cancellationToken);
        var tenant = founded.Tenant;
        var admin = newMember.Make(tenant.Id, request.AdminName, request.AdminEmail, Role.TenantAdmin, hashed.Value);
        await using var transaction = await transactions.BeginUnguardedAsync(Actor.System(tenant.Id, "onboarding") with { Origin = origin }, cancellationToken);
        if (!await founding.AddAsync(transaction, founded, setupFact, cancellationToken))
            return SignInErrors.LinkUsedUp;
        transaction.Db.Add(admin);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return OnboardingErrors.Taken;

        transaction.Audit(
            AuditAction.TenantOnboard,
            new AuditSubject(AuditResource.Tenant, tenant.Id, tenant.Name),
            new AuditDetails().With(AuditField.Domain, tenant.Domain).With(AuditField.Email, admin.Email));
        transaction.Announce(ChangeKind.Tenant, tenant.Id);
        await transaction.CommitAsync(cancellationToken);
        return new OnboardedTenant(tenant.Id, admin.Id);
    }

    private static Dictionary<string, string> Validate(OnboardTenantRequest request)
    {
        var faults = TenantFounding.Validate(request.TenantName, request.Domain);
        if (PlainText.Fault(request.AdminName, ConsoleUser.LongestName) is { } nameFault)
            faults[nameof(request.AdminName)] = nameFault;
        if (!Emails.IsValid(request.AdminEmail))
            faults[nameof(request.AdminEmail)] = InputTexts.EmailAddress;
        return faults;
    }
}
