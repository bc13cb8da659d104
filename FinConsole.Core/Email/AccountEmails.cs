using System.Globalization;
using FinConsole.Core.Common;

namespace FinConsole.Core.Email;

/// <summary>Emails about somebody's own account.</summary>
public static class AccountEmails
{
    public static EmailMessage PasswordReset(string to, string name, string link) => new(
        to,
        AccountEmailTexts.PasswordResetSubject,
        Texts.Format(AccountEmailTexts.PasswordResetBody, name, link));

    public static EmailMessage PasswordResetDemanded(string to, string name, string link) => new(
        to,
        AccountEmailTexts.PasswordResetDemandedSubject,
        Texts.Format(AccountEmailTexts.PasswordResetDemandedBody, name, link));

    public static EmailMessage PasswordChanged(string to, string name, DateTimeOffset at, string? ip) => new(
        to,
        AccountEmailTexts.PasswordChangedSubject,
        Texts.Format(AccountEmailTexts.PasswordChangedBody, name, Exactly(at), Place(ip)));

    public static EmailMessage ConfirmEmail(string to, string name, string link) => new(
        to,
        AccountEmailTexts.ConfirmEmailSubject,
        Texts.Format(AccountEmailTexts.ConfirmEmailBody, name, link));

    public static EmailMessage EmailChanged(string to, string name, string newEmail, DateTimeOffset at) => new(
        to,
        AccountEmailTexts.EmailChangedSubject,
        Texts.Format(AccountEmailTexts.EmailChangedBody, name, Exactly(at), newEmail));

    internal static string Place(string? ip) => ip ?? AccountEmailTexts.UnknownAddress;

    internal static string Exactly(DateTimeOffset at) => at.UtcDateTime.ToString(AccountEmailTexts.Time, CultureInfo.InvariantCulture);
}
