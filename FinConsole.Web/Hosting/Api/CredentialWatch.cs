using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.AccessTokens;

namespace FinConsole.Web.Hosting.Api;

/// <summary>
/// Cuts off a response that is still being streamed when its credential ends: the token is refused or narrowed, the session is over, the
/// member may no longer. What was let in once is not let in for as long as a slow reader likes.
/// </summary>
internal sealed class CredentialWatch(VerifyApiToken verify, AccessTokenVerifier verifyAccess, TimeProvider time)
{
    // Nothing of it costs a query, and a second is promised.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Writes a response of a route that the gate let somebody into; broken off, its connection is aborted, so that it does not look whole.</summary>
    public async Task StreamAsync(HttpContext http, Func<CancellationToken, Task> writeAsync)
    {
        var (caller, access) = (http.Features.Get<ApiCaller>()!, http.GetEndpoint()!.Metadata.GetMetadata<ApiAccess>()!);
        using var written = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var watching = WatchAsync(http, caller, access, written.Token);
        try
        {
            await writeAsync(http.RequestAborted);
        }
        finally
        {
            // A connection goes on to its next request: nothing may abort it then.
            await written.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WatchAsync(HttpContext http, ApiCaller caller, ApiAccess access, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await MayGoOnAsync(http, caller, access, cancellationToken))
            await timer.WaitForNextTickAsync(cancellationToken);
        http.Abort();
    }

    private async ValueTask<bool> MayGoOnAsync(HttpContext http, ApiCaller caller, ApiAccess access, CancellationToken cancellationToken)
    {
        if (caller.Token is not null)
        {
            var verified = await verify.HandleAsync(PresentedCredential.Read(http.Request).Text!, ApiCaller.AddressOf(http), cancellationToken);
            return verified.Accepted && verified.Token!.Scopes.Covers(access.NeededScopes);
        }

        return caller.SessionId is not { } session
            || (await verifyAccess.FindSessionAsync(caller.TenantId, session, cancellationToken) is { MfaDue: false } live && live.Role.May(access.Permission!.Value));
    }
}
