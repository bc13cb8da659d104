using System.Security.Claims;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using Microsoft.AspNetCore.Components.Authorization;

namespace FinConsole.Web.Hosting;

/// <summary>Who asks, for use cases: pages inject this, endpoints call <see cref="Of(HttpContext)"/>.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, TimeProvider time)
{
    /// <summary>The member behind this page, under a correlation id of its own for each call: one per thing that the member does.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page lacks its [RequireRight].</exception>
    public async Task<Actor> GetAsync()
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return From(state.User, Ids.New(time).ToString("N"));
    }

    /// <summary>The member behind a request, under the request's id.</summary>
    public static Actor Of(HttpContext http) => From(http.User, http.TraceIdentifier);

    /// <summary>The member behind these claims.</summary>
    public static Actor From(ClaimsPrincipal user, string correlationId)
    {
        if (user.FindId(ConsoleClaims.Tenant) is not { } tenant || user.FindId(ConsoleClaims.Member) is not { } member)
            throw new InvalidOperationException("Nobody is signed in.");
        var origin = new RequestOrigin(user.FindFirst(ConsoleClaims.ClientIp)?.Value, user.FindFirst(ConsoleClaims.UserAgent)?.Value, correlationId);
        return new Actor(ActorKind.Account, tenant, member, user.FindFirst(ConsoleClaims.Email)?.Value ?? "", user.FindId(ConsoleClaims.Session), origin);
    }
}
