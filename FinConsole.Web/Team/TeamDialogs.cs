using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using MudBlazor;

namespace FinConsole.Web.Team;

/// <summary>Opens the team page's dialogs, carries out what needs no form of its own, and shows a new link once.</summary>
public sealed class TeamDialogs(IDialogService dialogs, TeamCommands commands, StepUp stepUp, CurrentActor current, Toasts toasts)
{
    /// <param name="changed">Loads the lists again.</param>
    public async Task InviteAsync(Func<Task> changed)
    {
        if (await dialogs.AskAsync<InviteDialog, SentInvitation>([]) is { } sent)
            await ShowLinkAsync(sent, resent: false, changed);
    }

    /// <summary>Does what somebody wants of a pending invitation.</summary>
    /// <param name="changed">Loads the lists again.</param>
    public Task ActAsync(InvitationAction action, Func<Task> changed)
    {
        var (dialog, invitation) = action;
        return dialog switch
        {
            InvitationDialog.Resend => ResendAsync(invitation, changed),
            InvitationDialog.Revoke => ConfirmAsync(
                new(Texts.Format(TeamTexts.RevokeTitle, invitation.Email), TeamTexts.RevokeVerb, [TeamTexts.RevokeText]),
                actor => commands.Revoke.HandleAsync(invitation.Id, actor, CancellationToken.None), Texts.Format(TeamTexts.Revoked, invitation.Email), changed),
        };
    }

    /// <summary>Does what somebody wants of a member.</summary>
    /// <param name="changed">Loads the lists again.</param>
    public Task ActAsync(MemberAction action, Func<Task> changed)
    {
        var (dialog, member) = action;
        return dialog switch
        {
            MemberDialog.Role => SayAsync(dialogs.AskAsync<ChangeRoleDialog, string>(new() { { each => each.Member, member } }), changed),
            MemberDialog.Deactivate => SayAsync(dialogs.AskAsync<DeactivateDialog, string>(new() { { each => each.Member, member } }), changed),
            MemberDialog.Reactivate => ConfirmAsync(
                new(
                    Texts.Format(TeamTexts.ReactivateTitle, member.Name), TeamTexts.ReactivateVerb,
                    [Texts.Format(TeamTexts.ReactivateText, member.Role.DisplayName())], "primary"),
                actor => commands.Reactivate.HandleAsync(member.Id, actor, CancellationToken.None), Texts.Format(TeamTexts.Reactivated, member.Name), changed),
            MemberDialog.ResetMfa => ConfirmAsync(
                new(Texts.Format(TeamTexts.ResetTitle, member.Name), TeamTexts.ResetVerb, [TeamTexts.ResetText]) { Warning = TeamTexts.ResetAdvice },
                actor => commands.ResetMfa.HandleAsync(member.Id, actor, CancellationToken.None), Texts.Format(TeamTexts.ResetDone, member.Name), changed),
        };
    }

    private async Task SayAsync(Task<string?> asked, Func<Task> changed)
    {
        if (await asked is not { } message)
            return;
        toasts.Show(message);
        await changed();
    }

    private async Task ConfirmAsync(Confirmation asked, Func<Actor, Task<Result>> run, string message, Func<Task> changed)
    {
        if (!await dialogs.ConfirmAsync(asked, () => stepUp.RunAsync(async () => await run(await current.GetAsync()))))
            return;
        toasts.Show(message);
        await changed();
    }

    // Sending again asks nothing, and so has no dialog to show a refusal in.
    private async Task ResendAsync(InvitationView invitation, Func<Task> changed)
    {
        var result = await stepUp.RunAsync(async () => await commands.Resend.HandleAsync(invitation.Id, await current.GetAsync(), CancellationToken.None));
        if (result.Succeeded)
            await ShowLinkAsync(new SentInvitation(result.Value, invitation.Role), resent: true, changed);
        else
            toasts.ShowFailure(result.Error.Message);
    }

    private async Task ShowLinkAsync(SentInvitation sent, bool resent, Func<Task> changed)
    {
        await changed();
        await dialogs.AskAsync<InvitationLinkDialog>(new()
        {
            { each => each.Made, sent.Made },
            { each => each.Role, sent.Role },
            { each => each.Resent, resent },
        });
    }
}
