using FinConsole.Core.Members;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>A program that is signed in, and whose it is, as of now.</summary>
/// <param name="MfaDue">The tenant requires a second factor and this member has none: setting one up is all that is left.</param>
public sealed record ProgramSession(Guid SessionId, Guid MemberId, Guid TenantId, string TenantName, string Email, string Name, Role Role, bool MfaDue)
{
    /// <summary>The actor for use cases.</summary>
    public Actor ToActor(RequestOrigin origin) => new(ActorKind.Account, TenantId, MemberId, Email, SessionId, origin);
}
