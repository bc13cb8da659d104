using FinConsole.Core.Common;

namespace FinConsole.Core.LoginHistory;

/// <summary>Why login history refuses.</summary>
public static class LoginHistoryErrors
{
    public static readonly Error NoSuchAttempt = new(ErrorKind.NotFound, "attempt_not_found", "There is no such attempt, or it is older than login history is kept.");

    public static readonly Error NoteNeeded = Error.Invalid(new Dictionary<string, string> { ["Text"] = "Write something." });

    public static readonly Error NoteTooLong = Error.Invalid(new Dictionary<string, string> { ["Text"] = $"Use at most {LoginNote.LongestText} characters." });

    /// <summary>Sessions, passwords and marks belong to accounts: an attempt on an address that nobody has is no account's.</summary>
    public static readonly Error NoAccount = new(ErrorKind.Refused, "no_account", "This attempt was on no account of yours, so there is nothing to do for one.");

    public static readonly Error NoSuchAddress = Error.Invalid(new Dictionary<string, string>
    {
        ["Ip"] = "Enter an address such as 203.0.113.7, or a range such as 203.0.113.0/24 or 2001:db8::/32.",
    });
}
