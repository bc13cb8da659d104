using System.Globalization;
using FinConsole.Core.Mail;

namespace FinConsole.Core.ApiTokens;

/// <summary>Letters about tokens.</summary>
internal static class TokenLetters
{
    public static Letter Expiring(string to, string name, string token, DateTimeOffset expiresAt, int days, string link) => new(
        to,
        days == 1 ? $"The API token {token} expires tomorrow" : $"The API token {token} expires within {days} days",
        string.Create(CultureInfo.InvariantCulture, $"""
        Hello {name},

        the API token “{token}” expires on {expiresAt.UtcDateTime:d MMMM yyyy 'at' HH:mm 'UTC'}. Servers that still use it then are refused.

        Rotate it in time; the old one can go on working beside its successor for up to 7 days:

        {link}
        """));
}
