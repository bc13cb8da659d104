using System.Globalization;

namespace FinConsole.Core.Mail;

/// <summary>Letters about somebody's own account.</summary>
public static class AccountLetters
{
    public static Letter PasswordReset(string to, string name, string link) => new(
        to,
        "Choose a new FinConsole password",
        $"""
        Hello {name},

        somebody, hopefully you, asked to reset the password of your FinConsole account. Choose a new one here:

        {link}

        The link works once, for one hour. If it wasn't you, there is nothing to do: your password stays as it is.
        """);

    public static Letter PasswordResetDemanded(string to, string name, string link) => new(
        to,
        "Your FinConsole account needs a new password",
        $"""
        Hello {name},

        somebody who looks after your organization's safety saw a sign-in to your FinConsole account that may not have been you. Your
        password no longer works. Choose a new one here:

        {link}

        The link works once, for one hour; after that, "Forgot your password?" on the sign-in page sends another.
        """);

    public static Letter PasswordChanged(string to, string name, DateTimeOffset at, string? ip) => new(
        to,
        "Your FinConsole password was changed",
        $"""
        Hello {name},

        the password of your FinConsole account was changed on {Exactly(at)}, from {Place(ip)}. Your other sessions were ended.

        If it wasn't you, reset your password now ("Forgot your password?" on the sign-in page) and tell your tenant admin.
        """);

    public static Letter ConfirmEmail(string to, string name, string link) => new(
        to,
        "Confirm your new FinConsole address",
        $"""
        Hello {name},

        confirm that you want to sign in to FinConsole with this address from now on:

        {link}

        The link works once, for one hour. Until then your old address stays in force.
        """);

    public static Letter EmailChanged(string to, string name, string newEmail, DateTimeOffset at) => new(
        to,
        "Your FinConsole address was changed",
        $"""
        Hello {name},

        since {Exactly(at)} your FinConsole account signs in as {newEmail} and no longer with this address.

        If it wasn't you, tell your tenant admin at once.
        """);

    internal static string Place(string? ip) => ip ?? "an unknown address";

    internal static string Exactly(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
