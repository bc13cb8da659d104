using FinConsole.Core.Common;

namespace FinConsole.Core.Team;

/// <summary>Why a change of the team is refused.</summary>
public static class TeamErrors
{
    public static readonly Error NoSuchMember = new(ErrorKind.NotFound, "member_not_found", TeamErrorTexts.NoSuchMember);

    public static readonly Error NoSuchInvitation = new(ErrorKind.NotFound, "invitation_not_found", TeamErrorTexts.NoSuchInvitation);

    public static readonly Error LastAdmin = new(ErrorKind.Refused, "last_admin", TeamErrorTexts.LastAdmin);

    public static readonly Error AlreadyMember = new(ErrorKind.Conflict, "already_member", TeamErrorTexts.AlreadyMember);

    public static readonly Error AlreadyMemberDeactivated = new(
        ErrorKind.Conflict, "already_member_deactivated", TeamErrorTexts.AlreadyMemberDeactivated);

    public static readonly Error AlreadyInvited = new(ErrorKind.Conflict, "already_invited", TeamErrorTexts.AlreadyInvited);

    public static readonly Error IsDeactivated = new(ErrorKind.Refused, "member_deactivated", TeamErrorTexts.IsDeactivated);

    public static readonly Error NoMfa = new(ErrorKind.Refused, "mfa_not_set_up", TeamErrorTexts.NoMfa);

    public static readonly Error OwnMfa = new(ErrorKind.Refused, "own_mfa", TeamErrorTexts.OwnMfa);

    /// <summary>What somebody with an invitation reads whose address signs in already: here, before they accepted, or elsewhere. The two are not told apart.</summary>
    public static readonly Error AddressTaken = new(ErrorKind.Conflict, "address_taken", TeamErrorTexts.AddressTaken);
}
