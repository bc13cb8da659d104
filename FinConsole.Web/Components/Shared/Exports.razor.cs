using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Exports;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace FinConsole.Web.Components.Shared;

/// <summary>Begins exports, and looks four times a second at how the one that runs is getting on.</summary>
public sealed partial class Exports(ExportRuns runs, AuthenticationStateProvider authentication, IJSRuntime js, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource _gone = new();
    private ExportRun? _run;
    private bool _mark;
    private bool _unguarded;

    /// <summary>The address that exports what is shown, without its <c>format</c> and <c>run</c>: a path, perhaps with a query.</summary>
    [Parameter, EditorRequired]
    public string Url { get; set; } = "";

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Further buttons beside the two.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private bool IsGoing => _run?.State is ExportState.Waiting or ExportState.Running;

    private int? Percent => _run?.Reach?.Fraction is { } part ? (int)(Math.Clamp(part, 0, 1) * 100) : null;

    private string Progress => _run?.Reach is { } reach
        ? Texts.Format(SharedTexts.ExportReached, Count(_run.Rows), Clock.Day(reach.At))
        : SharedTexts.ExportBegins;

    private Severity Severity => _run?.State switch
    {
        ExportState.Done => Severity.Success,
        ExportState.Cancelled => Severity.Info,
        _ => Severity.Error,
    };

    private string Outcome => _run switch
    {
        { State: ExportState.Done } => Texts.Format(_run.Rows == 1 ? SharedTexts.ExportDoneOne : SharedTexts.ExportDone, Count(_run.Rows)),
        { State: ExportState.Cancelled } => SharedTexts.ExportCancelled,
        { Refusal: { } refusal } => refusal,
        _ => SharedTexts.ExportFailed,
    };

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private static string Count(long rows) => rows.ToString("N0", CultureInfo.InvariantCulture);

    private async Task BeginAsync(ExportFormat format)
    {
        if (IsGoing)
            return;
        var run = _run = runs.Begin((await authentication.GetAuthenticationStateAsync()).User, Url, format, new CsvOptions(_mark, !_unguarded));
        // Where the browser does not answer, it may still download: what becomes of the export is shown either way.
        await js.TryInvokeVoidAsync("fc.fetchFile", run.Link);
        _ = WatchAsync(run);
    }

    private void Cancel() => _run?.Cancel();

    private async Task WatchAsync(ExportRun run)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            do
                await InvokeAsync(StateHasChanged);
            while (_run == run && run.MayGoOn(time.GetUtcNow()) && await timer.WaitForNextTickAsync(_gone.Token));
        }
        catch (OperationCanceledException)
        {
            // The page is gone; the download goes on.
        }
    }
}
