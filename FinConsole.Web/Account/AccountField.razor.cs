using FinConsole.Web.Hosting.Security;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Account;

/// <summary>A labelled field of a static form, with its hint and its error.</summary>
public partial class AccountField
{
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>The form field, for example <c>Form.Email</c>.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string Type { get; set; } = "text";

    /// <summary>What was typed before; never set for passwords.</summary>
    [Parameter] public string? Value { get; set; }

    [Parameter] public string? Autocomplete { get; set; }

    /// <summary>Which keyboard a phone shows.</summary>
    [Parameter] public string? InputMode { get; set; }

    /// <summary>A code and no word.</summary>
    [Parameter] public bool Mono { get; set; }

    [Parameter] public int Longest { get; set; } = 256;

    [Parameter] public bool Autofocus { get; set; }

    /// <summary>Adds a button that shows what is typed.</summary>
    [Parameter] public bool Reveals { get; set; }

    [Parameter] public string? Hint { get; set; }

    [Parameter] public string? Error { get; set; }

    [CascadingParameter] private HttpContext? Http { get; set; }

    // A form that is shown again holds what was typed, but no password and no code.
    private string? Shown => Value ?? (Type != "password" && !Mono && Http is not null ? StaleForm.ValueOf(Http, Name) : null);
}
