using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <param name="Email">Where the invitation goes, and what the member will sign in with.</param>
/// <param name="Name">Their name, as a suggestion; null or empty for none.</param>
public sealed record InviteMemberRequest(string Email, string? Name, Role Role);

/// <summary>
/// Invites somebody: emails a link, and answers it once, to be passed on otherwise. Whether the address signs in at another tenant
/// is not looked at: the answer, and its time, are the same.
/// </summary>
public sealed class InviteMember(TeamChanges changes, InvitationLinks links, EmailQueue emails)
{
    public async Task<Result<NewInvitation>> HandleAsync(InviteMemberRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var email = Emails.Canonical(PlainText.ForStorage(request.Email ?? "", AuditEntry.LongestName));
        var begun = await changes.BeginAsync(actor, AuditAction.MemberInvite, new AuditSubject(AuditResource.Invitation, null, email), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (Validate(request) is { Count: > 0 } faults)
            return Error.Invalid(faults);
        if (await FindObstacleAsync(transaction, email, cancellationToken) is { } obstacle)
            return obstacle.On(nameof(request.Email));

        var (tenant, inviter) = await NamesAsync(transaction.Db, actor, cancellationToken);
        var made = links.Add(transaction, email, string.IsNullOrWhiteSpace(request.Name) ? null : request.Name, request.Role, inviter);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return TeamErrors.AlreadyInvited.On(nameof(request.Email));

        transaction.Audit(
            AuditAction.MemberInvite,
            new AuditSubject(AuditResource.Invitation, made.Id, email),
            new AuditDetails().With(AuditField.Role, request.Role).With(AuditField.ExpiresAt, made.ExpiresAt));
        transaction.Announce(ChangeKind.Member, made.Id);
        await transaction.CommitAsync(cancellationToken);
        emails.Enqueue(TeamEmails.Invitation(email, request.Name, tenant, inviter, request.Role, made.Link, made.ExpiresAt));
        return made;
    }

    internal static async Task<(string Tenant, string Inviter)> NamesAsync(ConsoleDbContext context, Actor actor, CancellationToken cancellationToken)
    {
        var tenant = await context.Set<Tenant>().Where(row => row.Id == actor.TenantId).Select(row => row.Name).SingleAsync(cancellationToken);
        var inviter = await context.Set<ConsoleUser>().Where(row => row.Id == actor.Id).Select(row => row.DisplayName).SingleOrDefaultAsync(cancellationToken);
        return (tenant, inviter ?? actor.Name);
    }

    // An expired invitation is no obstacle: it makes place for the new one.
    private static async Task<Error?> FindObstacleAsync(AuditedTransaction transaction, string email, CancellationToken cancellationToken)
    {
        var normalized = Emails.Normalize(email);
        var member = await transaction.Db.Set<ConsoleUser>().Where(row => row.NormalizedEmail == normalized)
            .Select(row => new { Deactivated = row.DeactivatedAt != null }).SingleOrDefaultAsync(cancellationToken);
        if (member is not null)
            return member.Deactivated ? TeamErrors.AlreadyMemberDeactivated : TeamErrors.AlreadyMember;

        var expired = transaction.Db.Set<Invitation>().Where(row => row.Email == email && row.ExpiresAt <= transaction.Now);
        await InvitationLinks.TryEndAsync(transaction, expired, InvitationEnd.Replaced, cancellationToken);
        return await transaction.Db.Set<Invitation>().AnyAsync(row => row.Email == email && row.EndedAt == null, cancellationToken) ? TeamErrors.AlreadyInvited : null;
    }

    private static Dictionary<string, string> Validate(InviteMemberRequest request)
    {
        var faults = new Dictionary<string, string>();
        if (!Emails.IsValid(request.Email))
            faults[nameof(request.Email)] = InputTexts.EmailAddress;
        if (!string.IsNullOrWhiteSpace(request.Name) && PlainText.Fault(request.Name, ConsoleUser.LongestName) is { } fault)
            faults[nameof(request.Name)] = fault;
        if (!Enum.IsDefined(request.Role))
            faults[nameof(request.Role)] = TeamErrorTexts.ChooseRole;
        return faults;
    }
}
