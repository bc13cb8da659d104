using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Core.Mail;
using FinConsole.Core.Members;

namespace FinConsole.Core.Team;

/// <summary>Letters to people who are invited, or whose account an admin changed.</summary>
internal static class TeamLetters
{
    public static Letter Invitation(string to, string? name, string tenant, string inviter, Role role, Secret link, DateTimeOffset expiresAt) => new(
        to,
        $"{tenant} invites you to FinConsole",
        $"""
        Hello{(string.IsNullOrWhiteSpace(name) ? "" : " " + name.Trim())},

        {inviter} invites you to join {tenant} on FinConsole as {role.DisplayName()}. Choose your password here:

        {link.Reveal()}

        The link works once, until {Exactly(expiresAt)}. If you don't know what this is about, there is nothing to do: without you, no account is made.
        """);

    public static Letter MfaReset(string to, string name, DateTimeOffset at) => new(
        to,
        "Your FinConsole two-factor authentication was reset",
        $"""
        Hello {name},

        on {Exactly(at)} an admin removed two-factor authentication from your FinConsole account, and all your sessions were ended. Your authenticator app and your recovery codes no longer work. Sign in with your password and set it up anew.

        If you did not ask for this, reset your password now ("Forgot your password?" on the sign-in page) and tell your tenant admin.
        """);

    private static string Exactly(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
