using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Core.SignIn;

/// <summary>A new session, for the page to write into its cookie.</summary>
/// <param name="Theme">What the account prefers, for a browser that has no preference yet.</param>
public sealed record SignedIn(Guid SessionId, Guid MemberId, Guid TenantId, string Email, Role Role, ThemeChoice Theme, DateTimeOffset ExpiresAt);

/// <summary>How far a right password has led: to a session, or to the question for a second factor.</summary>
/// <param name="Session">The session, where the password was enough.</param>
/// <param name="Challenge">Otherwise the secret of the sign-in that waits for its second factor, for a cookie; five minutes.</param>
public sealed record SignInProgress(SignedIn? Session, Secret? Challenge);
