using FinConsole.Core.Data.Changes;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Lists;

/// <summary>
/// A page that shows by itself what somebody else changed, and searches while somebody types. It does neither any more once it has been left.
/// A reload that fails is shown as a failure of the page, as a load by hand would be.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _subscription;
    private int _typed;

    [Inject]
    internal TimeProvider Time { get; set; } = default!;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _gone.IsCancellationRequested)
            return;
        _subscription?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <summary>Loads again whenever a change concerns the page.</summary>
    protected void Follow(ChangeFeed feed, Func<Change, bool> concerns, Func<Task> reload) => _subscription = feed.Listen(change =>
    {
        if (concerns(change))
            _ = InvokeAsync(() => RunAsync(reload));
    });

    /// <summary>Waits for a pause in typing: true for the last key alone, and never for a page that has been left meanwhile.</summary>
    protected async Task<bool> StopsTypingAsync()
    {
        if (_gone.IsCancellationRequested)
            return false;
        var (typed, gone) = (++_typed, _gone.Token);
        await Task.Delay(TypingPause, Time, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return typed == _typed && !gone.IsCancellationRequested;
    }

    private async Task RunAsync(Func<Task> reload)
    {
        try
        {
            if (!_gone.IsCancellationRequested)
                await reload();
        }
        catch (Exception) when (_gone.IsCancellationRequested)
        {
            // The page was left while it loaded.
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
    }
}
