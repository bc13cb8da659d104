using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Team;

/// <summary>What tests of the team do again and again. Each step is an admin's who has just signed in.</summary>
internal static class TeamSteps
{
    public static Task<Actor> AdminAsync(this CoreHost core, TestTenant tenant) => core.NewSessionAsync(tenant.Admin);

    public static async Task<Result<NewInvitation>> TryInviteAsync(this CoreHost core, TestTenant tenant, string email, Role role = Role.Developer, string? name = null) =>
        await core.Get<InviteMember>().HandleAsync(new InviteMemberRequest(email, name, role), await core.AdminAsync(tenant), Stop);

    public static async Task<NewInvitation> InviteAsync(this CoreHost core, TestTenant tenant, string email, Role role = Role.Developer, string? name = null)
    {
        var made = await core.TryInviteAsync(tenant, email, role, name);
        Assert.True(made.Succeeded, made.Error?.ToString());
        return made.Value;
    }

    /// <summary>What a link has behind its question mark.</summary>
    public static Secret SecretOf(NewInvitation made) => new(made.Link.Reveal()[(made.Link.Reveal().IndexOf("token=", StringComparison.Ordinal) + 6)..]);

    public static Task<Result<string>> AcceptAsync(this CoreHost core, Secret link, string name = "Zoë Ólafsdóttir", string password = TestMember.Password) =>
        core.Get<AcceptInvitation>().HandleAsync(new AcceptInvitationRequest(link, name, new Secret(password)), TestTenants.Origin, Stop);

    public static async Task<Result> TryChangeRoleAsync(this CoreHost core, TestTenant tenant, TestMember member, Role role) =>
        await core.Get<ChangeRole>().HandleAsync(member.Id, role, await core.AdminAsync(tenant), Stop);

    public static async Task<Result> TryDeactivateAsync(this CoreHost core, TestTenant tenant, TestMember member) =>
        await core.Get<DeactivateMember>().HandleAsync(member.Id, await core.AdminAsync(tenant), Stop);

    public static async Task<IReadOnlyList<InvitationView>> InvitationsAsync(this CoreHost core, TestTenant tenant) =>
        (await core.Get<ListInvitations>().HandleAsync(await core.AdminAsync(tenant), Stop)).Value!;

    public static async Task<TeamCounts> CountTeamAsync(this CoreHost core, TestTenant tenant) =>
        (await core.Get<CountTeam>().HandleAsync(await core.AdminAsync(tenant), Stop)).Value!;

    /// <summary>An entry in one line: what, on whom, and with which metadata.</summary>
    public static string Line(this AuditEntry entry) => $"{entry.ActorName} {entry.Action.Name()} {entry.ResourceName} {entry.Metadata}";

    /// <summary>All invitations' rows, ended ones too, oldest first.</summary>
    public static async Task<List<Invitation>> InvitationRowsAsync(this CoreHost core, TestTenant tenant)
    {
        await using var db = core.Db.Open(tenant.Id);
        return await db.Set<Invitation>().AsNoTracking().OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(Stop);
    }
}
