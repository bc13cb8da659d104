using FinConsole.Core.Audit;
using FinConsole.Core.Audit.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.Tenants;

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
public sealed class OnboardTenant(AuditedTransactions transactions, AuditChain chain, NewPassword newPassword, NewMember newMember, KeyPairs keyPairs, TimeProvider time)
{
    public async Task<Result<OnboardedTenant>> HandleAsync(OnboardTenantRequest request, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (Validate(request) is { Count: > 0 } faults)
            return Error.Invalid(faults);

        var tenantName = PlainText.Clean(request.TenantName);
        var owner = new PasswordOwner(request.AdminName, request.AdminEmail, tenantName, HasMfa: false);
        var hashed = await newPassword.HashAsync(request.AdminPassword, owner, cancellationToken);
        if (!hashed.Succeeded)
            return hashed.Error;

        var tenant = new Tenant
        {
            Id = Ids.New(time),
            Name = tenantName,
            NameKey = tenantName.ToLowerInvariant(),
            Domain = request.Domain?.Trim().ToLowerInvariant(),
            CreatedAt = time.GetUtcNow(),
        };
        var admin = newMember.Make(tenant.Id, request.AdminName, request.AdminEmail, Role.TenantAdmin, hashed.Value);
        var key = await keyPairs.MakeAsync(tenant.Id, cancellationToken);

        await using var transaction = await transactions.BeginUnguardedAsync(Actor.System(tenant.Id, "onboarding") with { Origin = origin }, cancellationToken);
        var genesis = AuditChain.Origin;
        transaction.Db.Add(tenant);
        transaction.Db.Add(new AuditHead { TenantId = tenant.Id, Size = 0, Link = genesis, Tag = chain.TagOfHead(tenant.Id, 0, genesis) });
        transaction.Db.AddRange(admin, key);
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
        var faults = new Dictionary<string, string>();
        if (PlainText.Fault(request.TenantName, Tenant.LongestName) is { } tenantFault)
            faults[nameof(request.TenantName)] = tenantFault;
        if (PlainText.Fault(request.AdminName, ConsoleUser.LongestName) is { } nameFault)
            faults[nameof(request.AdminName)] = nameFault;
        if (!Emails.IsValid(request.AdminEmail))
            faults[nameof(request.AdminEmail)] = "Enter an email address, for example ann@example.com.";
        if (request.Domain is { } domain && Uri.CheckHostName(domain) != UriHostNameType.Dns)
            faults[nameof(request.Domain)] = "Enter a mail domain, for example example.com.";
        return faults;
    }
}
