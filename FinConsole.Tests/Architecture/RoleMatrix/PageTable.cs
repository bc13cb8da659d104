using FinConsole.Core.Members;
using FinConsole.Web;

namespace FinConsole.Tests.Architecture.RoleMatrix;

/// <summary>What an address answers: a status, or where it leads (<c>to /account/login</c>).</summary>
internal sealed record PageLine(string Route, string Stranger, string Admin, string Developer, string Reviewer, string Cashier)
{
    /// <param name="role">Null for a stranger.</param>
    public string For(Role? role) => role is { } known ? For(known) : Stranger;

    private string For(Role role) => role switch
    {
        Role.TenantAdmin => Admin,
        Role.Developer => Developer,
        Role.SecurityReviewer => Reviewer,
        Role.Cashier => Cashier,
    };
}

/// <summary>The matrix, after product.md, "People and rights": an address without a line here fails the test that finds them all.</summary>
internal static class PageTable
{
    private const string Home = "to " + ConsoleUrls.Overview;
    private const string SignIn = "to " + ConsoleUrls.Login;

    public static readonly IReadOnlyList<PageLine> All =
    [
        // The page that says so, and setting up what is set up already.
        Nowhere(ConsoleUrls.NotFound),
        Nowhere(ConsoleUrls.Setup),

        // Everybody's, signed in or not.
        new(ConsoleUrls.Login, "200", Home, Home, Home, "to " + ConsoleUrls.Profile),
        Open(ConsoleUrls.Logout),
        Open(ConsoleUrls.ForgotPassword),
        Open(ConsoleUrls.ResetPassword),
        Open(ConsoleUrls.ConfirmEmail),
        Open(ConsoleUrls.AcceptInvitation),
        Open(ConsoleUrls.Error),
        Open(ConsoleUrls.ApiDocs),
        new(ConsoleUrls.LoginMfa, SignIn, SignIn, SignIn, SignIn, SignIn),
        new(ConsoleUrls.LoginRecovery, SignIn, SignIn, SignIn, SignIn, SignIn),
        new(ConsoleUrls.SessionState, "401", "200", "200", "200", "200"),

        new(ConsoleUrls.Overview, SignIn, "200", "200", "200", "to " + ConsoleUrls.Profile),
        new(ConsoleUrls.Tokens, SignIn, "200", "200", "200", "403"),
        new(ConsoleUrls.EncryptionKeys, SignIn, "200", "200", "403", "403"),
        new(ConsoleUrls.Usage, SignIn, "200", "200", "200", "403"),
        new(ConsoleUrls.EncryptionGuide, SignIn, "200", "200", "403", "403"),
        new(ConsoleUrls.Team, SignIn, "200", "403", "403", "403"),
        new(ConsoleUrls.Policy, SignIn, "200", "403", "403", "403"),
        new(ConsoleUrls.Audit, SignIn, "200", "403", "200", "403"),
        new(ConsoleUrls.Logins, SignIn, "200", "403", "200", "403"),
        // Nothing to export without the page's own button.
        new(ConsoleUrls.LoginExport, SignIn, "404", "403", "404", "403"),
        new(ConsoleUrls.AuditExport, SignIn, "404", "403", "404", "403"),

        Own(ConsoleUrls.Profile),
        Own(ConsoleUrls.Password),
        Own(ConsoleUrls.Mfa),
        Own(ConsoleUrls.Sessions),
        Own("/page-not-found"),
    ];

    private static PageLine Open(string route) => new(route, "200", "200", "200", "200", "200");

    private static PageLine Nowhere(string route) => new(route, "404", "404", "404", "404", "404");

    /// <summary>Of one's own account.</summary>
    private static PageLine Own(string route) => new(route, SignIn, "200", "200", "200", "200");
}
