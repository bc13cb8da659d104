using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Account;

/// <summary>One message above a form: what went wrong, or what was done.</summary>
public partial class AccountNotice
{
    [Parameter, EditorRequired] public string? Text { get; set; }

    [Parameter] public bool Bad { get; set; }
}
