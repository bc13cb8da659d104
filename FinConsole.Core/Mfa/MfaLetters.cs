using FinConsole.Core.Common;
using FinConsole.Core.Mail;

namespace FinConsole.Core.Mfa;

/// <summary>Letters about a second factor. None holds a secret.</summary>
public static class MfaLetters
{
    public static Letter TurnedOn(string to, string name, DateTimeOffset at, string? ip) => new(
        to,
        MfaEmailTexts.TurnedOnSubject,
        Texts.Format(MfaEmailTexts.TurnedOnBody, name, AccountLetters.Exactly(at), AccountLetters.Place(ip)));

    public static Letter TurnedOff(string to, string name, DateTimeOffset at, string? ip) => new(
        to,
        MfaEmailTexts.TurnedOffSubject,
        Texts.Format(MfaEmailTexts.TurnedOffBody, name, AccountLetters.Exactly(at), AccountLetters.Place(ip)));

    public static Letter CodesRenewed(string to, string name, DateTimeOffset at, string? ip) => new(
        to,
        MfaEmailTexts.CodesRenewedSubject,
        Texts.Format(MfaEmailTexts.CodesRenewedBody, name, AccountLetters.Exactly(at), AccountLetters.Place(ip)));

    public static Letter CodeUsed(string to, string name, DateTimeOffset at, string? ip, int left) => new(
        to,
        MfaEmailTexts.CodeUsedSubject,
        Texts.Format(MfaEmailTexts.CodeUsedBody, name, AccountLetters.Exactly(at), AccountLetters.Place(ip), Left(left)));

    private static string Left(int left) => left switch
    {
        0 => MfaEmailTexts.LastCode,
        1 => MfaEmailTexts.OneLeft,
        _ => Texts.Format(MfaEmailTexts.ManyLeft, left),
    };
}
