using FinConsole.Core.Audit;
using FinConsole.Core.Common;

namespace FinConsole.Web.SignIn;

/// <summary>
/// Runs use cases that want a recent confirmation: refused for the lack of one, it opens the one dialog "Confirm it's you" (in the
/// layout) over whatever is open, and tries again when the member has confirmed. Given up, the refusal is the answer.
/// </summary>
public sealed class StepUp
{
    private Func<Task<bool>>? _ask;

    public async Task<Result<T>> RunAsync<T>(Func<Task<Result<T>>> useCase)
    {
        var result = await useCase();
        return IsWanted(result.Error) && await AskAsync() ? await useCase() : result;
    }

    public async Task<Result> RunAsync(Func<Task<Result>> useCase)
    {
        var result = await useCase();
        return IsWanted(result.Error) && await AskAsync() ? await useCase() : result;
    }

    /// <summary>The dialog of this circuit's layout says how to ask: true when confirmed, false when given up.</summary>
    internal void AskWith(Func<Task<bool>>? ask) => _ask = ask;

    private static bool IsWanted(Error? error) => error?.Code == AccessErrors.ConfirmationNeeded.Code;

    private Task<bool> AskAsync() => _ask?.Invoke() ?? Task.FromResult(false);
}
