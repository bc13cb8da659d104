using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.Team;

/// <summary>Gives a member another role, and says what follows from it. Closes with what is to be said.</summary>
public sealed partial class ChangeRoleDialog(ChangeRole change, ListTokensOfMember listTokens, StepUp stepUp, CurrentActor current)
{
    private Role _role;
    private int _acting;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public MemberView Member { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _role = Member.Role;
        if (Member.Role != Role.Cashier)
            return;
        var tokens = await listTokens.HandleAsync(Member.Id, await current.GetAsync(), CancellationToken.None);
        _acting = tokens.Value?.Count(each => each.ActsAs) ?? 0;
    }

    private async Task SubmitAsync()
    {
        var result = await stepUp.RunAsync(async () => await change.HandleAsync(Member.Id, _role, await current.GetAsync(), CancellationToken.None));
        _failure = result.Error?.Message;
        if (result.Succeeded)
            Instance.Close(Texts.Format(TeamTexts.RoleChanged, Member.Name, _role.DisplayName()));
    }
}
