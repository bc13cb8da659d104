namespace FinConsole.Web;

/// <summary>Every route of the console, once.</summary>
public static class ConsoleUrls
{
    public const string Overview = "/";

    public const string Login = "/account/login";
    public const string LoginMfa = "/account/login/mfa";
    public const string LoginRecovery = "/account/login/recovery";
    public const string Logout = "/account/logout";
    public const string ForgotPassword = "/account/forgot-password";
    public const string ResetPassword = "/account/reset-password";
    public const string ConfirmEmail = "/account/confirm-email";
    public const string AcceptInvitation = "/account/accept-invitation";

    /// <summary>On an empty installation alone, with the link that the program prints.</summary>
    public const string Setup = "/setup";

    public const string Profile = "/account/profile";
    public const string Password = "/account/password";
    public const string Mfa = "/account/mfa";
    public const string Sessions = "/account/sessions";

    /// <summary>Returns whether the browser's session lives; polled while a page tries to reconnect. A POST reports that somebody is at a page.</summary>
    public const string SessionState = "/account/session";

    /// <summary>What the addresses of the tabs under "API Connections" begin with.</summary>
    public const string ApiConnections = "/settings/api-connections/";
    public const string Tokens = "/settings/api-connections/tokens";
    public const string EncryptionKeys = "/settings/api-connections/keys";
    public const string Usage = "/settings/api-connections/usage";
    public const string EncryptionGuide = "/settings/api-connections/keys/guide.md";

    public const string Policy = "/settings/policy";
    public const string Team = "/team";

    public const string Logins = "/security/logins";
    public const string LoginExport = "/security/logins/export";
    public const string Audit = "/security/audit";
    public const string AuditExport = "/security/audit/export";

    public const string NotFound = "/not-found";
    public const string Error = "/error";

    /// <summary>The live connection of interactive pages.</summary>
    public const string Circuits = "/_blazor";

    /// <summary>The HTTP API, whose answers are never pages or redirects.</summary>
    public const string Api = "/api";

    /// <summary>The API's reference, for everybody.</summary>
    public const string ApiDocs = "/docs";
    public const string OpenApi = "/openapi/v1.json";

    /// <summary>The tokens' list, narrowed to what needs attention: a word of its status filter.</summary>
    public static string TokensThatAre(string status) => $"{Tokens}?status={status}";

    /// <summary>The tokens page with the dialog open that rotates this token.</summary>
    public static string RotateToken(Guid id, string name) => $"{Tokens}?q={Uri.EscapeDataString(name)}&rotate={id:D}";

    /// <summary>The tokens page with the details of this token open, whatever became of it.</summary>
    public static string TokenDetails(Guid id, string name) =>
        $"{Tokens}?q={Uri.EscapeDataString(name)}&status=all&{PageAction.Key}={PageAction.Details}&{PageAction.SubjectKey}={id:D}";

    /// <summary>A page with one of its dialogs open.</summary>
    /// <param name="page">The page's address.</param>
    /// <param name="action">A word of <see cref="PageAction"/>.</param>
    public static string To(string page, string action) => $"{page}?{PageAction.Key}={action}";

    /// <summary>The audit log, narrowed by its search language.</summary>
    public static string AuditSearch(string search) => $"{Audit}?q={Uri.EscapeDataString(search)}";

    /// <summary>The team page, narrowed to what fits a name or an address.</summary>
    public static string TeamSearch(string text) => $"{Team}?q={Uri.EscapeDataString(text)}";

    /// <summary>The usage page, narrowed to one token.</summary>
    public static string UsageOf(Guid tokenId) => $"{Usage}?token={tokenId:D}";

    /// <summary>Sign-in, and back to <paramref name="returnUrl"/> afterwards.</summary>
    public static string LoginFor(string returnUrl, bool ended) =>
        $"{Login}?{(ended ? "ended=1&" : "")}returnUrl={Uri.EscapeDataString(returnUrl)}";
}
