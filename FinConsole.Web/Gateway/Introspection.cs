using System.Net;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Common;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.Gateway;

/// <summary>Answers RFC 7662's question for the operator's own servers. One for the program: they ask for every request of their clients.</summary>
internal sealed class Introspection(
    VerifyApiToken verify, AccessTokenVerifier verifyAccess, AccessTokenAddress address, SuccessorUse successors, ApiUsage usage)
{
    public async Task RespondAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            await ApiProblems.WriteAsync(http, ApiProblem.WrongType);
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        IPAddress? client = null;
        if (form["token"] is not [{ Length: > 0 } text])
            await RefuseAsync(http, "token", IntrospectionErrorTexts.Token);
        else if (form.TryGetValue("ip", out var ip) && (ip is not [{ } only] || !IpText.TryParse(only, out client)))
            await RefuseAsync(http, "ip", IntrospectionErrorTexts.Ip);
        else if (form["scope"].Count > 1)
            await RefuseAsync(http, "scope", IntrospectionErrorTexts.Scope);
        else if (text.Contains('.', StringComparison.Ordinal))
            await RespondAsync(http, text, form["scope"].ToString());
        else
            await RespondAsync(http, text, client, form["scope"].ToString());
    }

    private async Task RespondAsync(HttpContext http, string text, IPAddress? client, string scopes)
    {
        var verified = await verify.HandleAsync(text, client, http.RequestAborted);
        if (verified.Verdict == TokenVerdict.Unavailable)
        {
            await ApiProblems.WriteAsync(http, ApiProblem.Unavailable);
            return;
        }

        usage.NoteAskedAbout(http, verified, client);
        if (verified is not { Accepted: true, Token: { } token } || !CoversAll(token.Scopes, scopes))
        {
            await http.Response.WriteAsJsonAsync(IntrospectResponse.Inactive, http.RequestAborted);
            return;
        }

        await successors.NoteAsync(token, http);
        usage.CountVerified(http, token, client, null);
        await http.Response.WriteAsJsonAsync(IntrospectResponse.Of(token, address), http.RequestAborted);
    }

    // A JWT, as its dots say. A member who has yet to set up a second factor may do nothing else, and nothing at all elsewhere. No scope is
    // granted to a member's access token.
    private async Task RespondAsync(HttpContext http, string text, string scopes)
    {
        var access = await verifyAccess.ReadAsync(text, http.RequestAborted);
        var active = access is { Succeeded: true, Value.Session.MfaDue: false } && CoversAll(ScopeSet.None, scopes);
        await http.Response.WriteAsJsonAsync(active ? IntrospectResponse.Of(access.Value!, address) : IntrospectResponse.Inactive, http.RequestAborted);
    }

    private static bool CoversAll(ScopeSet granted, string asked)
    {
        foreach (var range in asked.AsSpan().Split(' '))
        {
            var word = asked.AsSpan()[range];
            if (!word.IsEmpty && !(ScopeSet.Of(word) is { } needed && granted.Covers(needed)))
                return false;
        }

        return true;
    }

    private static Task RefuseAsync(HttpContext http, string field, string message) =>
        ApiProblems.WriteAsync(http, ApiProblem.MalformedAt(field, message));
}
