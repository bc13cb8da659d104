using FinConsole.Core.Common;
using FinConsole.Core.Mail;

namespace FinConsole.Core.ApiTokens;

/// <summary>Letters about tokens.</summary>
internal static class TokenLetters
{
    public static Letter Expiring(string to, string name, string token, DateTimeOffset expiresAt, int days, string link) => new(
        to,
        days == 1 ? Texts.Format(TokenEmailTexts.TomorrowSubject, token) : Texts.Format(TokenEmailTexts.ExpiringSubject, token, days),
        Texts.Format(TokenEmailTexts.ExpiringBody, name, token, expiresAt.UtcDateTime, link));
}
