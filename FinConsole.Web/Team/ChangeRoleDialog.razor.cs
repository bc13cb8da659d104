using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Team;

/// <summary>Gives a member another role, and says what follows from it.</summary>
public sealed partial class ChangeRoleDialog(ChangeRole change, ListTokensOfMember listTokens, StepUp stepUp, CurrentActor current)
{
    private Role _role;
    private int _acting;
    private string? _failure;
    private bool _running;
    private bool _wasOpen;

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter, EditorRequired]
    public MemberView Member { get; set; } = default!;

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public EventCallback<string> OnDone { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var opened = Open && !_wasOpen;
        _wasOpen = Open;
        if (!opened)
            return;

        (_role, _acting, _failure) = (Member.Role, 0, null);
        if (Member.Role != Role.Cashier)
            return;
        var tokens = await listTokens.HandleAsync(Member.Id, await current.GetAsync(), CancellationToken.None);
        _acting = tokens.Value?.Count(each => each.ActsAs) ?? 0;
    }

    private async Task SubmitAsync()
    {
        if (_running || !Open || _role == Member.Role)
            return;
        _running = true;
        try
        {
            var result = await stepUp.RunAsync(async () => await change.HandleAsync(Member.Id, _role, await current.GetAsync(), CancellationToken.None));
            if (result.Succeeded)
                await OnDone.InvokeAsync(Texts.Format(TeamTexts.RoleChanged, Member.Name, _role.DisplayName()));
            else
                _failure = result.Error.Message;
        }
        finally
        {
            _running = false;
        }
    }
}
