using System.Net.Mail;
using FinConsole.Core.Common;

namespace FinConsole.Core.Members;

/// <summary>Addresses: how they are compared, kept and evaluated.</summary>
public static class Emails
{
    /// <summary>How an address is looked up: trimmed and in upper case, as ASP.NET Core Identity keeps it.</summary>
    public static string Normalize(string email) =>
        PlainText.ForStorage(email.Trim(), ConsoleUser.LongestEmail + 1).ToUpperInvariant();

    /// <summary>How an address is kept and shown: trimmed and in lower case.</summary>
    public static string Canonical(string email) => email.Trim().ToLowerInvariant();

    /// <summary>
    /// Whether it can be written to at all: one address, no display name, a domain, at most 254 characters, and all of them ASCII:
    /// few mail servers take others, and characters that look alike or turn the reading direction would pass for somebody else.
    /// </summary>
    public static bool IsValid(string email)
    {
        var trimmed = email.Trim();
        return trimmed.Length is > 2 and <= ConsoleUser.LongestEmail
            && trimmed.All(character => character is > ' ' and <= '~')
            && MailAddress.TryCreate(trimmed, out var address) && address.Address == trimmed && address.Host.Contains('.');
    }
}
