using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.SignIn.FollowUps;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;

namespace FinConsole.Web.LoginHistory;

/// <summary>What can be said of an attempt, and done from one that was not its owner's, for the drawer and the dialog alike.</summary>
public sealed class LoginFollowUps(MarkLoginAttempt mark, EndSessionsOfAttempt end, DemandPasswordReset demand, StepUp stepUp, CurrentActor current)
{
    /// <param name="attemptId">Which.</param>
    /// <param name="said">Null takes the mark away.</param>
    public async Task<Result> MarkAsync(long attemptId, LoginMark? said) => await mark.HandleAsync(attemptId, said, await current.GetAsync(), CancellationToken.None);

    public async Task<Result<int>> EndSessionsAsync(long attemptId) => await end.HandleAsync(attemptId, await current.GetAsync(), CancellationToken.None);

    /// <summary>Asks the reviewer to confirm who they are first, when that was too long ago.</summary>
    public Task<Result> DemandResetAsync(long attemptId) =>
        stepUp.RunAsync(async () => await demand.HandleAsync(attemptId, await current.GetAsync(), CancellationToken.None));

    /// <summary>How many sessions ended, in words.</summary>
    public static string Describe(int ended) => ended switch
    {
        0 => LoginTexts.SessionsEndedNone,
        1 => LoginTexts.SessionsEndedOne,
        _ => Texts.Format(LoginTexts.SessionsEndedMany, ended),
    };
}
