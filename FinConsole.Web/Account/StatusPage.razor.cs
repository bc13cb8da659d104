using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;

namespace FinConsole.Web.Account;

/// <summary>Says what a bare status means: nothing here, not for this role, or a form that was not accepted.</summary>
public partial class StatusPage
{
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private int Status => Http.Features.Get<IStatusCodeReExecuteFeature>() is null ? StatusCodes.Status404NotFound : Http.Response.StatusCode;

    private string Heading => Status switch
    {
        StatusCodes.Status404NotFound => AccountTexts.NotFoundHeading,
        StatusCodes.Status403Forbidden => AccountTexts.ForbiddenHeading,
        _ => AccountTexts.NotAcceptedHeading,
    };

    private string Explanation => Status switch
    {
        StatusCodes.Status404NotFound => AccountTexts.NotFoundText,
        StatusCodes.Status403Forbidden => AccountTexts.ForbiddenText,
        _ => AccountTexts.NotAcceptedText,
    };

    protected override void OnInitialized() => Http.Response.StatusCode = Status;
}
