using FinConsole.Core.Common;

namespace FinConsole.Core.Team;

/// <summary>Why a change of the team is refused.</summary>
public static class TeamErrors
{
    public static readonly Error NoSuchMember = new(ErrorKind.NotFound, "member_not_found", "There is no such member.");

    public static readonly Error NoSuchInvitation = new(ErrorKind.NotFound, "invitation_not_found", "There is no such pending invitation. It may have been accepted or revoked.");

    public static readonly Error LastAdmin = new(
        ErrorKind.Refused, "last_admin", "This is the last active tenant admin. Make another member a tenant admin first, so that somebody can still manage the tenant.");

    public static readonly Error AlreadyMember = new(ErrorKind.Conflict, "already_member", "Somebody with this address is a member already.");

    public static readonly Error AlreadyMemberDeactivated = new(
        ErrorKind.Conflict, "already_member_deactivated", "This address belongs to a deactivated member. Reactivate that account instead.");

    public static readonly Error AlreadyInvited = new(
        ErrorKind.Conflict, "already_invited", "There is a pending invitation to this address. Send it again, or revoke it first.");

    public static readonly Error IsDeactivated = new(ErrorKind.Refused, "member_deactivated", "This member is deactivated. Reactivate the account first.");

    public static readonly Error NoMfa = new(ErrorKind.Refused, "mfa_not_set_up", "This member has not set up two-factor authentication; there is nothing to reset.");

    public static readonly Error OwnMfa = new(ErrorKind.Refused, "own_mfa", "Your own two-factor authentication is turned off or set up anew under Account.");

    /// <summary>What somebody with an invitation reads whose address signs in already: here, before they accepted, or elsewhere. The two are not told apart.</summary>
    public static readonly Error AddressTaken = new(
        ErrorKind.Conflict, "address_taken", "This address cannot be used for a new account. Ask for an invitation to another address of yours.");
}
