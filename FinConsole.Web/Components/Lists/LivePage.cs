using FinConsole.Core.Data.Changes;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Lists;

/// <summary>
/// A page that shows by itself what somebody else changed, and searches while somebody types. It does neither any more once it has been left.
/// A reload that fails is shown as a failure of the page, as a load by hand would be.
/// </summary>
public abstract class LivePage : ShellPage, IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _subscription;
    private int _typed;
    private (string Action, Guid? Subject)? _wanted;

    [Inject]
    internal TimeProvider Time { get; set; } = default!;

    [Inject]
    internal NavigationManager Address { get; set; } = default!;

    /// <summary>What a link wants done here: a word of <see cref="PageAction"/>.</summary>
    [SupplyParameterFromQuery(Name = PageAction.Key)]
    public string? Do { get; set; }

    /// <summary>The id of what it is to be done to.</summary>
    [SupplyParameterFromQuery(Name = PageAction.SubjectKey)]
    public string? Subject { get; set; }

    /// <summary>Whether the page has loaded what its actions take.</summary>
    protected virtual bool IsReady => false;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Does what a link wants done here.</summary>
    /// <param name="action">A word of the address: perhaps none that the page knows.</param>
    /// <param name="subject">What it is to be done to, where the address says so.</param>
    protected virtual Task DoAsync(string action, Guid? subject) => Task.CompletedTask;

    // The address forgets it first: a reload must not do it again, and a navigation closes the dialog that is open.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Do is { } action && _wanted is null && IsReady)
        {
            _wanted = (action, Guid.TryParse(Subject, out var subject) ? subject : null);
            Address.NavigateTo(Address.GetUriWithQueryParameters(new Dictionary<string, object?> { [PageAction.Key] = null, [PageAction.SubjectKey] = null }), replace: true);
        }
        else if (Do is null && _wanted is { } wanted)
        {
            _wanted = null;
            await DoAsync(wanted.Action, wanted.Subject);
        }
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
