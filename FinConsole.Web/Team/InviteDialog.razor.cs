using System.Text.Json;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FinConsole.Web.Team;

/// <summary>The form for an invitation. What was typed survives a lost connection as a draft in the browser's session.</summary>
public sealed partial class InviteDialog(InviteMember invite, StepUp stepUp, CurrentActor current, IJSRuntime js)
{
    private const string DraftKey = "invite-member";
    private static readonly JsonSerializerOptions DraftFormat = new(JsonSerializerDefaults.Web);

    private string _email = "";
    private string? _name;
    private Role _role = Role.Developer;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;
    private bool _running;
    private bool _wasOpen;

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <summary>An invitation was made; its link is to be shown once.</summary>
    [Parameter]
    public EventCallback<(NewInvitation Made, Role Role)> OnMade { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var opened = Open && !_wasOpen;
        _wasOpen = Open;
        if (!opened)
            return;
        (_email, _name, _role, _errors, _failure) = ("", null, Role.Developer, null, null);
        if (Draft.Parse(await js.InvokeAsync<string?>("fc.readDraft", DraftKey)) is { } draft)
            (_email, _name) = (draft.Email ?? "", draft.Name);
    }

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        if (_running || !Open)
            return;
        _running = true;
        try
        {
            var request = new InviteMemberRequest(_email, _name, _role);
            var result = await stepUp.RunAsync(async () => await invite.HandleAsync(request, await current.GetAsync(), CancellationToken.None));
            if (result.Succeeded)
            {
                await js.InvokeVoidAsync("fc.clearDraft", DraftKey);
                await OnMade.InvokeAsync((result.Value, _role));
                return;
            }

            _errors = result.Error.Fields;
            _failure = result.Error.Fields.Count == 0 ? result.Error.Message : null;
            StateHasChanged();
            await js.FocusFirstInvalidAsync();
        }
        finally
        {
            _running = false;
        }
    }

    // Anybody can put anything into their own browser's session.
    private sealed record Draft(string? Email, string? Name)
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
