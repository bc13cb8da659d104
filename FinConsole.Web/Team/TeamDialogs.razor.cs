using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Team;

/// <summary>Opens the page's dialogs, carries out what needs no form of its own, and shows a new link once.</summary>
public sealed partial class TeamDialogs(TeamCommands commands, StepUp stepUp, CurrentActor current, Toasts toasts)
{
    private TeamDialog _dialog;
    private MemberView? _member;
    private InvitationView? _invitation;
    private NewInvitation? _made;
    private Role _role;
    private bool _resent;
    private string? _failure;

    /// <summary>Something was changed; the lists show it.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    public Task ActAsync(TeamAction action)
    {
        (_dialog, _member, _invitation, _failure) = (action.Dialog, action.Member, action.Invitation, null);
        StateHasChanged();
        return action.Dialog == TeamDialog.Resend ? ResendAsync(action.Invitation!) : Task.CompletedTask;
    }

    private void Close() => (_dialog, _failure) = (TeamDialog.None, null);

    private void Forget() => _made = null;

    private async Task DoneAsync(string message)
    {
        Close();
        toasts.Show(message);
        await OnChanged.InvokeAsync();
    }

    private Task ReactivateAsync() =>
        RunAsync(actor => commands.Reactivate.HandleAsync(_member!.Id, actor, CancellationToken.None), Texts.Format(TeamTexts.Reactivated, _member!.Name));

    private Task ResetMfaAsync() =>
        RunAsync(actor => commands.ResetMfa.HandleAsync(_member!.Id, actor, CancellationToken.None), Texts.Format(TeamTexts.ResetDone, _member!.Name));

    private Task RevokeAsync() =>
        RunAsync(actor => commands.Revoke.HandleAsync(_invitation!.Id, actor, CancellationToken.None), Texts.Format(TeamTexts.Revoked, _invitation!.Email));

    private async Task RunAsync(Func<Actor, Task<Result>> run, string message)
    {
        var result = await stepUp.RunAsync(async () => await run(await current.GetAsync()));
        if (result.Succeeded)
            await DoneAsync(message);
        else
            _failure = result.Error.Message;
    }

    private async Task ResendAsync(InvitationView invitation)
    {
        var result = await stepUp.RunAsync(async () => await commands.Resend.HandleAsync(invitation.Id, await current.GetAsync(), CancellationToken.None));
        Close();
        if (result.Succeeded)
            await ShowLinkAsync(result.Value, invitation.Role, resent: true);
        else
            toasts.ShowFailure(result.Error.Message);
    }

    private async Task ShowLinkAsync(NewInvitation made, Role role, bool resent)
    {
        Close();
        (_made, _role, _resent) = (made, role, resent);
        await OnChanged.InvokeAsync();
    }
}
