using System.Net;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.Gateway;

/// <summary>Answers RFC 7662's question for the operator's own servers. One for the program: they ask for every request of their clients.</summary>
internal sealed class Introspection(VerifyApiToken verify, SuccessorUse successors, ApiUsage usage)
{
    public async Task RespondAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            await ApiProblems.WriteAsync(http, ApiProblem.WrongType);
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        IPAddress? address = null;
        if (form["token"] is not [{ Length: > 0 } text])
            await RefuseAsync(http, "token", IntrospectionErrorTexts.Token);
        else if (form.TryGetValue("ip", out var ip) && (ip is not [{ } only] || !IpText.TryParse(only, out address)))
            await RefuseAsync(http, "ip", IntrospectionErrorTexts.Ip);
        else if (form["scope"].Count > 1)
            await RefuseAsync(http, "scope", IntrospectionErrorTexts.Scope);
        else
            await RespondAsync(http, text, address, form["scope"].ToString());
    }

    private async Task RespondAsync(HttpContext http, string text, IPAddress? address, string scopes)
    {
        var verified = await verify.HandleAsync(text, address, http.RequestAborted);
        if (verified.Verdict == TokenVerdict.Unavailable)
        {
            await ApiProblems.WriteAsync(http, ApiProblem.Unavailable);
            return;
        }

        usage.NoteAskedAbout(http, verified, address);
        if (verified is not { Accepted: true, Token: { } token } || !CoversAll(token.Scopes, scopes))
        {
            await http.Response.WriteAsJsonAsync(IntrospectResponse.Inactive, http.RequestAborted);
            return;
        }

        await successors.NoteAsync(token, http);
        usage.CountVerified(http, token, address, null);
        await http.Response.WriteAsJsonAsync(IntrospectResponse.Of(token), http.RequestAborted);
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
