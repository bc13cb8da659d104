using System.Globalization;
using System.Security.Claims;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Sessions;

namespace FinConsole.Web.Hosting;

/// <summary>
/// The claims of a signed-in member. The cookie holds only who and which session; everything else is read anew from the
/// database with each request, so that a changed role or name is in force at once.
/// </summary>
public static class ConsoleClaims
{
    public const string Member = "sub";
    public const string Tenant = "tid";
    public const string Session = "sid";

    public const string Role = "role";
    public const string Name = "name";
    public const string Email = "email";
    public const string TenantName = "tenant";
    public const string TimeZone = "zoneinfo";
    public const string Theme = "theme";

    /// <summary>There when the tenant requires a second factor that this member lacks: nothing but setting one up is left.</summary>
    public const string MfaDue = "mfa_due";

    /// <summary>When the session ends however busy it is: UTC, round-trip format.</summary>
    public const string SessionExpires = "session_expires";

    /// <summary>From where the request (or the connection of a circuit) came.</summary>
    public const string ClientIp = "client_ip";
    public const string UserAgent = "user_agent";

    /// <summary>What goes into the cookie.</summary>
    public static ClaimsPrincipal ForCookie(SignedIn session) => Principal(
    [
        new Claim(Member, session.MemberId.ToString("D")),
        new Claim(Tenant, session.TenantId.ToString("D")),
        new Claim(Session, session.SessionId.ToString("D")),
    ]);

    /// <summary>What pages and endpoints see during a request or circuit.</summary>
    public static ClaimsPrincipal ForRequest(LiveSession session, RequestOrigin origin)
    {
        List<Claim> claims =
        [
            new(Member, session.MemberId.ToString("D")),
            new(Tenant, session.TenantId.ToString("D")),
            new(Session, session.SessionId.ToString("D")),
            new(Role, session.Role.ToString()),
            new(Name, session.Name),
            new(Email, session.Email),
            new(TenantName, session.TenantName),
            new(Theme, session.Theme.ToString()),
            new(SessionExpires, session.ExpiresAt.ToString("O", CultureInfo.InvariantCulture)),
        ];
        AddIfKnown(claims, TimeZone, session.TimeZone);
        AddIfKnown(claims, MfaDue, session.MfaDue ? "true" : null);
        AddIfKnown(claims, ClientIp, origin.Ip);
        AddIfKnown(claims, UserAgent, origin.UserAgent);
        return Principal(claims);
    }

    public static Guid? FindId(this ClaimsPrincipal user, string claim) => Guid.TryParse(user.FindFirst(claim)?.Value, out var id) ? id : null;

    /// <summary>The member's role; null for somebody who is not signed in.</summary>
    public static Role? FindRole(this ClaimsPrincipal user) => Enum.TryParse<Role>(user.FindFirst(Role)?.Value, out var role) ? role : null;

    public static bool IsMfaDue(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == MfaDue);

    /// <summary>Whether pages should show what needs this right. Core asks again, and has the last word.</summary>
    public static bool May(this ClaimsPrincipal user, Permission permission) =>
        user.FindRole() is { } role && role.May(permission) && (permission == Permission.SetUpMfa || !user.IsMfaDue());

    private static void AddIfKnown(List<Claim> claims, string type, string? value)
    {
        if (value is not null)
            claims.Add(new Claim(type, value));
    }

    private static ClaimsPrincipal Principal(IEnumerable<Claim> claims) =>
        new(new ClaimsIdentity(claims, Authentication.SessionCookie.Scheme, Name, Role));
}
