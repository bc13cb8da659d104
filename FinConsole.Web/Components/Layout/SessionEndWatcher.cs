using FinConsole.Web.Hosting.Circuits;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Layout;

/// <summary>Renders nothing. In an interactive layout, it takes the page to sign-in as soon as its session ends, and back afterwards.
/// Where a second factor became due, it takes the page to the one that sets it up; a page that belongs to another session, it loads anew.</summary>
public sealed class SessionEndWatcher(SessionWatch watch, NavigationManager navigation) : ComponentBase, IDisposable
{
    public void Dispose()
    {
        watch.Ended -= Leave;
        watch.MfaDue -= SetUpMfa;
        watch.Refused -= Reload;
    }

    protected override void OnInitialized()
    {
        watch.Ended += Leave;
        watch.MfaDue += SetUpMfa;
        watch.Refused += Reload;
        if (watch.HasEnded)
            Leave();
    }

    private void Reload() => _ = InvokeAsync(() => navigation.Refresh(forceReload: true));

    private void SetUpMfa() => _ = InvokeAsync(() => navigation.NavigateTo(ConsoleUrls.Mfa, forceLoad: true));

    private void Leave() => _ = InvokeAsync(() =>
        navigation.NavigateTo(ConsoleUrls.LoginFor("/" + navigation.ToBaseRelativePath(navigation.Uri), ended: true), forceLoad: true));
}
