using FinConsole.Core.SignIn;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Authentication;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Account;

/// <summary>Signs out: by POST alone, so that no link or image can do it. Works for somebody whose session has ended, too.</summary>
public partial class LogoutPage(SignOut signOut)
{
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private async Task SubmitAsync()
    {
        if (Http.User.FindId(ConsoleClaims.Session) is not null)
            await signOut.HandleAsync(CurrentActor.Of(Http), Http.RequestAborted);
        await Http.SignOutAsync(SessionCookie.Scheme);
        Http.SeeOther(ConsoleUrls.Login + "?signedout=1");
    }
}
