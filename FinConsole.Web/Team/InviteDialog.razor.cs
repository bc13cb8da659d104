using System.Text.Json;
using System.Text.Json.Serialization;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace FinConsole.Web.Team;

/// <summary>The form for an invitation. Closes with it, and its link is to be shown once. What was typed survives a lost connection as a draft in the browser's session.</summary>
public sealed partial class InviteDialog(InviteMember invite, StepUp stepUp, CurrentActor current, IJSRuntime js)
{
    private const string DraftKey = "invite-member";
    private static readonly JsonSerializerOptions DraftFormat = new(JsonSerializerDefaults.Web);

    private string _email = "";
    private string? _name;
    private Role _role = Role.Developer;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        if (Draft.Parse(await js.InvokeAsync<string?>("fc.readDraft", DraftKey)) is { } draft)
            (_email, _name, _role) = (draft.Email ?? "", draft.Name, Enum.TryParse<Role>(draft.Role, out var role) && Enum.IsDefined(role) ? role : _role);
    }

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        var request = new InviteMemberRequest(_email, _name, _role);
        var result = await stepUp.RunAsync(async () => await invite.HandleAsync(request, await current.GetAsync(), CancellationToken.None));
        (_errors, _failure) = FormErrors.Of(result);
        if (!result.Succeeded)
            return;
        Instance.Close(new SentInvitation(result.Value, _role));
        Drafts.Forget(js, DraftKey);
    }

    // Anybody can put anything into their own browser's session.
    private sealed record Draft(string? Email, string? Name, [property: JsonPropertyName("invite-role")] string? Role)
    {
        public static Draft? Parse(string? json)
        {
            try
            {
                return json is null ? null : JsonSerializer.Deserialize<Draft>(json, DraftFormat);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}

/// <summary>An invitation on its way, and the role that it offers.</summary>
public sealed record SentInvitation(NewInvitation Made, Role Role);
