using FinConsole.Core.Common;
using FinConsole.Core.Email;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <summary>Emails about tokens.</summary>
internal static class TokenEmails
{
    public static EmailMessage Expiring(string to, string name, string token, DateTimeOffset expiresAt, int days, string link) => new(
        to,
        days == 1 ? Texts.Format(TokenEmailTexts.TomorrowSubject, token) : Texts.Format(TokenEmailTexts.ExpiringSubject, token, days),
        Texts.Format(TokenEmailTexts.ExpiringBody, name, token, expiresAt.UtcDateTime, link));
}
