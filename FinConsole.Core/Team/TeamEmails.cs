using FinConsole.Core.Common;
using FinConsole.Core.Email;
using FinConsole.Core.Members;

namespace FinConsole.Core.Team;

/// <summary>Emails to people who are invited, or whose account an admin changed.</summary>
internal static class TeamEmails
{
    public static EmailMessage Invitation(string to, string? name, string tenant, string inviter, Role role, Secret link, DateTimeOffset expiresAt) => new(
        to,
        Texts.Format(TeamEmailTexts.InvitationSubject, tenant),
        Texts.Format(
            TeamEmailTexts.InvitationBody,
            string.IsNullOrWhiteSpace(name) ? "" : " " + name.Trim(),
            inviter,
            tenant,
            role.DisplayName(),
            link.Reveal(),
            AccountEmails.Exactly(expiresAt)));

    public static EmailMessage MfaReset(string to, string name, DateTimeOffset at) => new(
        to,
        TeamEmailTexts.MfaResetSubject,
        Texts.Format(TeamEmailTexts.MfaResetBody, name, AccountEmails.Exactly(at)));
}
