using FinConsole.Core.Common;
using FinConsole.Core.Mail;
using FinConsole.Core.Members;

namespace FinConsole.Core.Team;

/// <summary>Letters to people who are invited, or whose account an admin changed.</summary>
internal static class TeamLetters
{
    public static Letter Invitation(string to, string? name, string tenant, string inviter, Role role, Secret link, DateTimeOffset expiresAt) => new(
        to,
        Texts.Format(TeamEmailTexts.InvitationSubject, tenant),
        Texts.Format(
            TeamEmailTexts.InvitationBody,
            string.IsNullOrWhiteSpace(name) ? "" : " " + name.Trim(),
            inviter,
            tenant,
            role.DisplayName(),
            link.Reveal(),
            AccountLetters.Exactly(expiresAt)));

    public static Letter MfaReset(string to, string name, DateTimeOffset at) => new(
        to,
        TeamEmailTexts.MfaResetSubject,
        Texts.Format(TeamEmailTexts.MfaResetBody, name, AccountLetters.Exactly(at)));
}
