using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Onboarding;

/// <param name="TenantName">1 to 80 characters, unique in any letter case.</param>
/// <param name="Domain">The mail domain of its people, or null.</param>
/// <param name="AdminEmail">Who is invited as its first admin.</param>
public sealed record AddTenantRequest(string TenantName, string? Domain, string AdminEmail);

/// <summary>
/// Makes a tenant without members, and an invitation for its first admin: for the operator's command line, who must never know
/// anybody's password. Asked again for a tenant that nobody has joined yet, it makes a new link instead, also to another address:
/// the first may have expired or been mistyped.
/// </summary>
public sealed class AddTenant(ConsoleDb db, AuditedTransactions transactions, TenantFounding founding, InvitationLinks links)
{
    public async Task<Result<NewInvitation>> HandleAsync(AddTenantRequest request, CancellationToken cancellationToken)
    {
        var faults = TenantFounding.Validate(request.TenantName, request.Domain);
        if (!Emails.IsValid(request.AdminEmail))
            faults[nameof(request.AdminEmail)] = InputTexts.EmailAddress;
        if (faults.Count > 0)
            return Error.Invalid(faults);
        if (await FindAsync(request, cancellationToken) is { } known)
            return known is { Joined: false, AddressTaken: false } ? await InviteAgainAsync(known.Id, known.Name, request, cancellationToken) : OnboardingErrors.Taken;

        var founded = await founding.PrepareAsync(request.TenantName, request.Domain, cancellationToken);
        await using var transaction = await BeginAsync(founded.Tenant.Id, cancellationToken);
        await founding.AddAsync(transaction, founded, setupFact: null, cancellationToken);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return OnboardingErrors.Taken;
        var made = links.Add(transaction, request.AdminEmail, name: null, Role.TenantAdmin, OnboardingErrorTexts.Operator);
        transaction.Audit(
            AuditAction.TenantOnboard,
            new AuditSubject(AuditResource.Tenant, founded.Tenant.Id, founded.Tenant.Name),
            new AuditDetails().With(AuditField.Domain, founded.Tenant.Domain).With(AuditField.Email, made.Email));
        return await CommitAsync(transaction, made, cancellationToken);
    }

    private async Task<Result<NewInvitation>> InviteAgainAsync(Guid tenantId, string name, AddTenantRequest request, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(tenantId, cancellationToken);
        await TeamChanges.HoldAsync(transaction.Db, tenantId, cancellationToken);
        if (await transaction.Db.Set<ConsoleUser>().AnyAsync(cancellationToken))
            return OnboardingErrors.Taken;

        await InvitationLinks.TryEndAsync(transaction, transaction.Db.Set<Invitation>(), InvitationEnd.Replaced, cancellationToken);
        return await CommitAsync(transaction, links.Add(transaction, request.AdminEmail, name: null, Role.TenantAdmin, OnboardingErrorTexts.Operator), cancellationToken);
    }

    private Task<AuditedTransaction> BeginAsync(Guid tenantId, CancellationToken cancellationToken) =>
        transactions.BeginUnguardedAsync(Actor.System(tenantId, "command line"), cancellationToken);

    private static async Task<Result<NewInvitation>> CommitAsync(AuditedTransaction transaction, NewInvitation made, CancellationToken cancellationToken)
    {
        transaction.Audit(
            AuditAction.MemberInvite,
            new AuditSubject(AuditResource.Invitation, made.Id, made.Email),
            new AuditDetails().With(AuditField.Role, Role.TenantAdmin).With(AuditField.ExpiresAt, made.ExpiresAt));
        transaction.Announce(ChangeKind.Tenant, transaction.Actor.TenantId);
        await transaction.CommitAsync(cancellationToken);
        return made;
    }

    // Null: the name and the address are free.
    private async Task<Known?> FindAsync(AddTenantRequest request, CancellationToken cancellationToken)
    {
        var (key, email) = (TenantFounding.KeyOf(request.TenantName), Emails.Normalize(request.AdminEmail));
        await using var context = db.OpenForOperator();
        var members = context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]);
        var taken = await members.AnyAsync(member => member.NormalizedEmail == email, cancellationToken);
        var tenant = await context.Set<Tenant>().Where(row => row.NameKey == key)
            .Select(row => new Known(row.Id, row.Name, row.ClosedAt != null || members.Any(member => member.TenantId == row.Id), taken)).SingleOrDefaultAsync(cancellationToken);
        return tenant ?? (taken ? new Known(Guid.Empty, "", Joined: true, taken) : null);
    }

    private sealed record Known(Guid Id, string Name, bool Joined, bool AddressTaken);
}
