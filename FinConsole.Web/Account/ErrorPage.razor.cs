using FinConsole.Core.AuditLog.Chain;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;

namespace FinConsole.Web.Account;

/// <summary>After a fault of the program's: plain words and a reference, never what went wrong inside.</summary>
public partial class ErrorPage
{
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private string Text => AuditChainBrokenException.IsCauseOf(Http.Features.Get<IExceptionHandlerFeature>()?.Error)
        ? AccountTexts.ErrorAuditBroken : AccountTexts.ErrorText;
}
