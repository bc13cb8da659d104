using FinConsole.Core.Members;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.Team;

public static class TeamServices
{
    public static IServiceCollection AddTeam(this IServiceCollection services) => services
        .AddSingleton<NewMember>()
        .AddSingleton<TeamChanges>()
        .AddSingleton<InvitationLinks>()
        .AddSingleton<InviteMember>()
        .AddSingleton<ResendInvitation>()
        .AddSingleton<RevokeInvitation>()
        .AddSingleton<AcceptInvitation>()
        .AddSingleton<ListInvitations>()
        .AddSingleton<ListMembers>()
        .AddSingleton<LookUpMembers>()
        .AddSingleton<CountTeam>()
        .AddSingleton<ChangeRole>()
        .AddSingleton<PreviewDeactivation>()
        .AddSingleton<DeactivateMember>()
        .AddSingleton<ReactivateMember>()
        .AddSingleton<ResetMemberMfa>();
}
