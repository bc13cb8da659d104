using System.Security.Claims;
using System.Text.Encodings.Web;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FinConsole.Bench.Api;

/// <summary>The same verification behind ASP.NET Core's own authentication and authorization: a handler, claims, a policy.</summary>
internal sealed class StockHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, VerifyApiToken verify, ApiLimiter limiter)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Stock";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers["X-Auth-Token"] is not [{ } text])
            return AuthenticateResult.NoResult();
        var verified = await verify.HandleAsync(text, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        if (verified is not { Accepted: true, Token: { } token } || limiter.Take(Context, token) is not null)
            return AuthenticateResult.Fail("refused");
        var claims = token.Scopes.ToWords().Split(' ').Select(scope => new Claim("scope", scope))
            .Concat([new Claim("sub", token.CashierId.ToString()), new Claim("tid", token.TenantId.ToString()), new Claim("token", token.Id.ToString())]);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme)), Scheme));
    }
}
