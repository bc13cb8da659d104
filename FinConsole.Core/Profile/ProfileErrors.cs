using FinConsole.Core.Common;

namespace FinConsole.Core.Profile;

/// <summary>Why a change of one's own profile is refused.</summary>
public static class ProfileErrors
{
    public static readonly Error SameEmail = new(ErrorKind.Invalid, "same_email", ProfileErrorTexts.SameEmail);

    public static readonly Error EmailTaken = new(ErrorKind.Conflict, "email_taken", ProfileErrorTexts.EmailTaken);
}
