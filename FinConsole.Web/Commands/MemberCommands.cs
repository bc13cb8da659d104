using System.CommandLine;
using FinConsole.Core.Common;
using FinConsole.Core.Email;
using FinConsole.Core.Team;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Commands;

/// <summary><c>member reset-mfa</c>.</summary>
internal static class MemberCommands
{
    // A mail server that does not answer must not keep the operator's shell.
    private static readonly TimeSpan LongestMail = TimeSpan.FromSeconds(15);

    public static Command Make() => new("member", CommandTexts.Member) { MakeResetMfa() };

    private static Command MakeResetMfa()
    {
        var email = new Argument<string>("EMAIL") { Description = CommandTexts.ResetMfaEmail };
        var command = new Command("reset-mfa", CommandTexts.ResetMfa) { email };
        command.SetAction((parsed, cancellationToken) => ResetMfaAsync(parsed.GetRequiredValue(email), cancellationToken));
        return command;
    }

    private static async Task<int> ResetMfaAsync(string email, CancellationToken cancellationToken)
    {
        await using var services = await CommandHost.StartPreparedAsync(cancellationToken);
        var emails = services.GetRequiredService<EmailQueue>();
        await emails.StartAsync(cancellationToken);
        var reset = await services.GetRequiredService<ResetMemberMfa>().HandleForOperatorAsync(email, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestMail);
        await emails.StopAsync(limit.Token);
        if (!reset.Succeeded)
            throw new StartRefusedException(reset.Error.Message);
        await Console.Out.WriteLineAsync(Texts.Format(CommandTexts.MfaWasReset, email.Trim()));
        return 0;
    }
}
