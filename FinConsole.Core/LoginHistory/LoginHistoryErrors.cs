using FinConsole.Core.Common;

namespace FinConsole.Core.LoginHistory;

/// <summary>Why login history refuses.</summary>
public static class LoginHistoryErrors
{
    public static readonly Error NoSuchAttempt = new(ErrorKind.NotFound, "attempt_not_found", LoginHistoryErrorTexts.NoSuchAttempt);

    public static readonly Error NoteNeeded = Error.Invalid(new Dictionary<string, string> { ["Text"] = LoginHistoryErrorTexts.NoteNeeded });

    public static readonly Error NoteTooLong = Error.Invalid(new Dictionary<string, string>
    {
        ["Text"] = Texts.Format(LoginHistoryErrorTexts.NoteTooLong, LoginNote.LongestText),
    });

    /// <summary>Sessions, passwords and marks belong to accounts: an attempt on an address that nobody has is no account's.</summary>
    public static readonly Error NoAccount = new(ErrorKind.Refused, "no_account", LoginHistoryErrorTexts.NoAccount);

    public static readonly Error NoSuchAddress = Error.Invalid(new Dictionary<string, string>
    {
        ["Ip"] = LoginHistoryErrorTexts.NoSuchAddress,
    });
}
