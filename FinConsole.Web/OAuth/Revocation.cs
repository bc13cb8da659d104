using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.ServiceTokens;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.OAuth;

/// <summary>Ends tokens for those who show them. Who asks comes first, and what they ask for second, as on every route.</summary>
internal sealed class Revocation(
    VerifyServiceToken verifyService, RevokeApiToken revokeToken, RevokeAccess revokeAccess, ApiLimiter limiter)
{
    public async Task RespondAsync(HttpContext http)
    {
        if (await RefuseAsync(http) is { } refusal)
            await ApiProblems.WriteAsync(http, refusal);
    }

    private async Task<ApiProblem?> RefuseAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return ApiProblem.WrongType;
        var shown = await ClientAuthentication.ReadAsync(http);
        if (shown.Fault is { } fault)
            return fault;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var token = form[RevokeApi.TokenField] is [{ Length: > 0 } only] ? only : null;
        var (service, refusal) = await AuthenticateAsync(http, shown.Text, token);
        if (refusal is not null)
            return refusal;
        return token is null
            ? ApiProblem.MalformedAt(RevokeApi.TokenField, RevocationErrorTexts.Token)
            : await RevokeAsync(http, token, service);
    }

    // No limit for the operator's own servers; everybody else is counted by address, since a token that ends itself does so once.
    private async ValueTask<(Actor? Service, ApiProblem? Refusal)> AuthenticateAsync(HttpContext http, string? shown, string? token)
    {
        if (shown is null || shown == token)
            return (null, limiter.TakeAddress(ApiCaller.AddressOf(http)));
        if (ApiTokenSecret.IsWellFormed(shown) && ApiTokenSecret.KindOf(shown) == TokenKind.Service)
        {
            var verified = await verifyService.HandleAsync(shown, http.RequestAborted);
            if (verified.Service is { } service)
                return (service.ActAs(RequestOrigins.Of(http)), null);
            if (verified.Unavailable)
                return (null, ApiProblem.Unavailable);
        }

        return (null, limiter.TakeAddress(ApiCaller.AddressOf(http)) ?? ApiProblem.Unauthenticated);
    }

    private async Task<ApiProblem?> RevokeAsync(HttpContext http, string token, Actor? service)
    {
        var origin = RequestOrigins.Of(http);
        if (!ApiTokenSecret.IsWellFormed(token))
        {
            var revoked = await revokeAccess.HandleAsync(new Secret(token), service, origin, http.RequestAborted);
            return revoked.Succeeded ? null : ApiProblems.Of(revoked.Error);
        }

        if (ApiTokenSecret.KindOf(token) == TokenKind.Service)
            return RevokeApi.NotRevocable;
        return await revokeToken.HandleAsync(token, service, origin, http.RequestAborted) ? null : ApiProblem.Unavailable;
    }
}
