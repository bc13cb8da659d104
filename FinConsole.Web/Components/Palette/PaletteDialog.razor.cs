using System.Security.Claims;
using FinConsole.Core.Common;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using MudBlazor;

namespace FinConsole.Web.Components.Palette;

/// <summary>
/// Goes anywhere and does anything that the member may, by what they type. What needs no query is there at once; the database is asked when
/// they pause, and an answer to an earlier text is never shown for a later one.
/// </summary>
public sealed partial class PaletteDialog(PaletteSearch search, CurrentActor current, OpenDialogs open, IJSRuntime js, TimeProvider time, ILogger<PaletteDialog> logger) : IAsyncDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(150);

    private SearchWords _words = SearchWords.Of("");
    private IReadOnlyList<PaletteGroup> _listed = [];
    private PaletteFindings _findings = PaletteFindings.None;
    private CancellationTokenSource _typing = new();
    private ClaimsPrincipal _user = new();
    private IDisposable? _opened;
    private bool _searching;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [CascadingParameter]
    public Task<AuthenticationState> Authentication { get; set; } = default!;

    private IEnumerable<PaletteGroup> Groups =>
        new[] { _listed.Where(group => !group.Aside), _findings.Groups, _listed.Where(group => group.Aside), [PaletteSearch.Elsewhere(_words, _user)] }
            .SelectMany(groups => groups).Where(group => group.Items.Count > 0);

    private int Found => Groups.Sum(group => group.Items.Count);

    private string Status => _searching || _words.IsEmpty ? "" : Texts.Format(Found == 1 ? PaletteTexts.ResultOne : PaletteTexts.ResultMany, Found);

    public async ValueTask DisposeAsync()
    {
        _opened?.Dispose();
        await _typing.CancelAsync();
        _typing.Dispose();
        await js.TryInvokeVoidAsync("fc.dialogClosed", Instance.ElementId);
    }

    protected override async Task OnInitializedAsync()
    {
        _opened = open.Add(Instance);
        _user = (await Authentication).User;
        _listed = PaletteSearch.List(_words, _user);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await js.TryInvokeVoidAsync("fc.paletteOpened", Instance.ElementId);
    }

    private static string IdOf(PaletteGroup group) => $"palette-group-{group.Title.ToLowerInvariant().Replace(' ', '-')}";

    // Nothing is awaited before the text is taken over: of two keys, the later one must be the last.
    private Task OnInputAsync(ChangeEventArgs change)
    {
        _typing.Cancel();
        _typing.Dispose();
        _typing = new CancellationTokenSource();
        _words = SearchWords.Of(change.Value as string);
        _listed = PaletteSearch.List(_words, _user);
        _searching = search.Asks(_words, _user);
        _findings = _searching ? PaletteSearch.Narrow(_findings, _words) : PaletteFindings.None;
        return _searching ? FindAfterPauseAsync(_typing.Token) : Task.CompletedTask;
    }

    private async Task FindAfterPauseAsync(CancellationToken stop)
    {
        await Task.Delay(TypingPause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!stop.IsCancellationRequested)
            await FindAsync(stop);
    }

    private async Task FindAsync(CancellationToken stop)
    {
        var findings = PaletteFindings.None;
        try
        {
            findings = await search.FindAsync(_words, _user, await current.GetAsync(), stop);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure)
        {
            LogSearchFailed(failure);
            findings = findings with { Failure = PaletteTexts.Failed };
        }

        if (stop.IsCancellationRequested)
            return;
        (_findings, _searching) = (findings, false);
    }

    private void Choose(PaletteCommand command) => Instance.Close(command);

    private void Close() => Instance.Close(PaletteCommand.None);

    [LoggerMessage(Level = LogLevel.Error, Message = "The command palette could not search")]
    private partial void LogSearchFailed(Exception failure);
}
