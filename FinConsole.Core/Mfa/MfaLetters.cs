using FinConsole.Core.Mail;

namespace FinConsole.Core.Mfa;

/// <summary>Letters about a second factor. None holds a secret.</summary>
public static class MfaLetters
{
    public static Letter TurnedOn(string to, string name, DateTimeOffset at, string? ip) => new(
        to,
        "Two-factor authentication was set up",
        $"""
        Hello {name},

        an authenticator app was set up for your FinConsole account on {AccountLetters.Exactly(at)}, from {AccountLetters.Place(ip)}. Signing in asks for its code from now on. Your other sessions were ended.

        If it wasn't you, tell your tenant admin at once.
        """);

    public static Letter TurnedOff(string to, string name, DateTimeOffset at, string? ip) => new(
        to,
        "Two-factor authentication was turned off",
        $"""
        Hello {name},

        two-factor authentication of your FinConsole account was turned off on {AccountLetters.Exactly(at)}, from {AccountLetters.Place(ip)}. Your other sessions were ended.

        If it wasn't you, reset your password now ("Forgot your password?" on the sign-in page) and tell your tenant admin.
        """);

    public static Letter CodesRenewed(string to, string name, DateTimeOffset at, string? ip) => new(
        to,
        "Your recovery codes were replaced",
        $"""
        Hello {name},

        new recovery codes were made for your FinConsole account on {AccountLetters.Exactly(at)}, from {AccountLetters.Place(ip)}. The earlier ones no longer work.

        If it wasn't you, change your password and tell your tenant admin at once.
        """);

    public static Letter CodeUsed(string to, string name, DateTimeOffset at, string? ip, int left) => new(
        to,
        "A recovery code was used",
        $"""
        Hello {name},

        somebody, hopefully you, used a recovery code of your FinConsole account on {AccountLetters.Exactly(at)}, from {AccountLetters.Place(ip)}. {Left(left)}

        If it wasn't you, change your password and tell your tenant admin at once.
        """);

    private static string Left(int left) => left switch
    {
        0 => "It was the last one: make new ones on your two-factor page.",
        1 => "One is left: make new ones on your two-factor page.",
        _ => $"{left} are left.",
    };
}
