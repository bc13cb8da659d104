using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.Demo;

/// <summary>Members come in the demo by an admin's hand and with an audit entry, without the detour of an invitation each.</summary>
internal sealed class DemoTeam(DemoWorld world)
{
    public async Task AddAsync(DemoMember person, string tenant, Actor admin, CancellationToken cancellationToken)
    {
        var hash = DemoWorld.Expect(await world.Use<NewPassword>().HashAsync(world.Password, new PasswordOwner(person.Name, person.Email, tenant, HasMfa: false), cancellationToken));
        var member = world.Use<NewMember>().Make(admin.TenantId, person.Name, person.Email, person.Role, hash);
        await using var transaction = await BeginAsync(AuditAction.MemberAdd, admin, member.Id, person.Email, cancellationToken);
        transaction.Db.Add(member);
        transaction.Audit(
            AuditAction.MemberAdd, new AuditSubject(AuditResource.Member, member.Id, person.Email), new AuditDetails().With(AuditField.Name, person.Name).With(AuditField.Role, person.Role));
        transaction.Announce(ChangeKind.Member, member.Id);
        await transaction.CommitAsync(cancellationToken);
        person.Id = member.Id;
    }

    private async Task<AuditedTransaction> BeginAsync(AuditAction action, Actor admin, Guid memberId, string email, CancellationToken cancellationToken) =>
        DemoWorld.Expect(await world.Use<AuditedTransactions>().BeginAsync(admin, Permission.ManageMembers, action, new AuditSubject(AuditResource.Member, memberId, email), cancellationToken));
}
