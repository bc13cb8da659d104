using FinConsole.Core.Access;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.ServiceTokens;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.Usage.Failures;
using FinConsole.Core.UseCases;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Whom the gate let in, or why not.</summary>
internal readonly record struct GateResponse(ApiCaller? Caller, ApiProblem? Refusal)
{
    public static implicit operator GateResponse(ApiProblem refusal) => new(null, refusal);
}

/// <summary>Identifies the caller of a route, counts the request, and decides by what the route declares. It reads no body, and asks no database about a token.</summary>
internal sealed class ApiGate(VerifyApiToken verify, VerifyServiceToken verifyService, AccessTokenVerifier verifyAccess, SuccessorUse successors, PermissionGuard guard, ApiLimiter limiter, ApiUsage usage)
{
    public async ValueTask<GateResponse> AdmitAsync(HttpContext http, ApiAccess access)
    {
        var shown = access.TakesServices ? await ClientAuthentication.ReadAsync(http) : PresentedCredential.Read(http.Request);
        if (shown.Fault is { } fault)
            return fault;
        if (shown.Text is not { } text)
            return limiter.TakeAddress(ApiCaller.AddressOf(http)) ?? ApiProblem.Unauthenticated;
        if (text.StartsWith(ApiTokenSecret.ServiceStart, StringComparison.Ordinal) && ApiTokenSecret.IsWellFormed(text))
            return await AdmitServiceAsync(http, access, text);
        if (text.StartsWith(ApiTokenSecret.Start, StringComparison.Ordinal))
            return await AdmitTokenAsync(http, access, text, shown.ByName);

        if (limiter.TakeAddress(ApiCaller.AddressOf(http)) is { } flood)
            return flood;
        return shown.ByName && !access.JwtInAnyHeader ? MalformedToken(http) : await AdmitMemberAsync(http, access, text);
    }

    /// <summary>
    /// Counts a request that no route of the API's takes towards the limits of whoever sent it, and tells them where they stand; a refusal when
    /// it is one too many. What else is wrong with the credential is not said where there is nothing.
    /// </summary>
    public async ValueTask<ApiProblem?> CountAsync(HttpContext http)
    {
        if (PresentedCredential.IsMissing(http.Request))
            return null;
        var (_, refusal) = await AdmitAsync(http, ApiAccess.AnyCredential);
        return refusal is { Status: StatusCodes.Status429TooManyRequests } ? refusal : null;
    }

    // Who may not do it is told so before anything of the body or the query string is looked at. Core asks the database, and writes it down.
    private async ValueTask<GateResponse> AdmitMemberAsync(HttpContext http, ApiAccess access, string text)
    {
        var verified = await verifyAccess.VerifyAsync(text, http.RequestAborted);
        if (!verified.Succeeded)
            return ApiProblem.Unauthenticated;
        var session = verified.Value;
        var actor = session.ToActor(RequestOrigins.Of(http));
        if (limiter.Take(http, actor) is { } over)
            return over;
        if (!access.TakesMembers)
            return access.TakesServices ? ApiProblem.ServiceNeeded : ApiProblem.TokenNeeded;
        if (session.MfaDue && access.Permission != Permission.SetUpMfa)
            return ApiProblems.Of(AccessErrors.MfaNeeded);
        if (!session.Role.May(access.Permission!.Value) && await RefuseRoleAsync(http, access, actor) is { } refusal)
            return refusal;
        return new GateResponse(ApiCaller.Of(http, actor, session.Role, session.TenantName), null);
    }

    private async ValueTask<ApiProblem?> RefuseRoleAsync(HttpContext http, ApiAccess access, Actor actor)
    {
        var id = IdText.TryParse(http.Request.RouteValues["id"] as string, out var parsed) ? parsed : (Guid?)null;
        var subject = access.Audited.Subject with { Id = id };
        return await guard.CheckAsync(actor, access.Permission!.Value, subject, http.RequestAborted, access.Audited.Action) is { } refusal ? ApiProblems.Of(refusal) : null;
    }

    private async ValueTask<GateResponse> AdmitTokenAsync(HttpContext http, ApiAccess access, string text, bool byName)
    {
        var address = ApiCaller.AddressOf(http);
        var verified = await verify.HandleAsync(text, address, http.RequestAborted);
        usage.Note(http, verified);
        if (limiter.TakeAddress(address) is { } flood)
            return flood;
        if (verified.Token is { } known && verified.Verdict is TokenVerdict.Accepted or TokenVerdict.AddressNotAllowed)
        {
            if (limiter.Take(http, known) is { } over)
                return over;
            if (!verified.Accepted)
                return ApiProblem.AddressNotAllowed;
            await successors.NoteAsync(known, http);
            return Decide(http, access, known);
        }

        return verified.Verdict switch
        {
            TokenVerdict.Malformed when byName => MalformedToken(http),
            TokenVerdict.Unavailable => ApiProblem.Unavailable,
            _ => ApiProblem.Unauthenticated,
        };
    }

    // No limit: these are the API's own servers, which ask for each of its clients.
    private async ValueTask<GateResponse> AdmitServiceAsync(HttpContext http, ApiAccess access, string text)
    {
        var verified = await verifyService.HandleAsync(text, http.RequestAborted);
        if (verified.Service is null)
            return verified.Unavailable ? ApiProblem.Unavailable : limiter.TakeAddress(ApiCaller.AddressOf(http)) ?? ApiProblem.Unauthenticated;
        return access.TakesServices ? new GateResponse(ApiCaller.OfService(http, verified.Service), null) : ApiProblem.TenantNeeded;
    }

    private GateResponse Decide(HttpContext http, ApiAccess access, TokenEntry token)
    {
        if (!access.TakesTokens)
        {
            usage.Refuse(http, token, TokenFailureReason.NotForTokens);
            return access.TakesServices ? ApiProblem.ServiceNeeded : ApiProblem.MemberNeeded;
        }

        if (!token.Scopes.Covers(access.NeededScopes))
        {
            usage.Refuse(http, token, TokenFailureReason.ScopeMissing);
            return ApiProblem.ScopeMissing(access.Scope!);
        }

        return new GateResponse(ApiCaller.OfToken(http, token), null);
    }

    private static ApiProblem MalformedToken(HttpContext http) =>
        ApiProblem.MalformedToken with { Errors = PresentedCredential.Sent(http.Request, ApiErrorTexts.NoToken) };
}
