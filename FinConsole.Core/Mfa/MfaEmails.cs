using FinConsole.Core.Common;
using FinConsole.Core.Email;

namespace FinConsole.Core.Mfa;

/// <summary>Emails about a second factor. None holds a secret.</summary>
public static class MfaEmails
{
    public static EmailMessage TurnedOn(string to, string name, DateTimeOffset at, string? ip) => new(
        to,
        MfaEmailTexts.TurnedOnSubject,
        Texts.Format(MfaEmailTexts.TurnedOnBody, name, AccountEmails.Exactly(at), AccountEmails.Place(ip)));

    public static EmailMessage TurnedOff(string to, string name, DateTimeOffset at, string? ip) => new(
        to,
        MfaEmailTexts.TurnedOffSubject,
        Texts.Format(MfaEmailTexts.TurnedOffBody, name, AccountEmails.Exactly(at), AccountEmails.Place(ip)));

    public static EmailMessage CodesRenewed(string to, string name, DateTimeOffset at, string? ip) => new(
        to,
        MfaEmailTexts.CodesRenewedSubject,
        Texts.Format(MfaEmailTexts.CodesRenewedBody, name, AccountEmails.Exactly(at), AccountEmails.Place(ip)));

    public static EmailMessage CodeUsed(string to, string name, DateTimeOffset at, string? ip, int left) => new(
        to,
        MfaEmailTexts.CodeUsedSubject,
        Texts.Format(MfaEmailTexts.CodeUsedBody, name, AccountEmails.Exactly(at), AccountEmails.Place(ip), Left(left)));

    private static string Left(int left) => left switch
    {
        0 => MfaEmailTexts.LastCode,
        1 => MfaEmailTexts.OneLeft,
        _ => Texts.Format(MfaEmailTexts.ManyLeft, left),
    };
}
