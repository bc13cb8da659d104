using FinConsole.Core.Common;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace FinConsole.Web.Components.Dialogs;

/// <summary>
/// What every dialog stands in. The dialog inside calls its use case in <see cref="OnSubmit"/> and closes itself with the result; this owns busy,
/// focus and giving up. A submission that throws leaves the dialog and what was typed as they are, with a reference to the log.
/// </summary>
public sealed partial class FormDialog(IJSRuntime js, OpenDialogs open, TimeProvider time, ILogger<FormDialog> logger) : IAsyncDisposable
{
    private static int _number;
    private readonly string _formId = $"dialog-form-{Interlocked.Increment(ref _number)}";
    private readonly string _titleId = $"dialog-title-{Interlocked.Increment(ref _number)}";
    private bool _running;
    private bool _gone;
    private string? _broken;
    private string? _titled;
    private IDisposable? _opened;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What the submit button says, beside "Cancel"; null for a dialog with <see cref="Actions"/> of its own.</summary>
    [Parameter]
    public string? Verb { get; set; }

    /// <summary>What the other button says; "Cancel" unless given.</summary>
    [Parameter]
    public string? Dismissal { get; set; }

    /// <summary>Of the submit button: primary or danger.</summary>
    [Parameter]
    public string Kind { get; set; } = "primary";

    /// <summary>Why it was refused, where that belongs to no field.</summary>
    [Parameter]
    public string? Failure { get; set; }

    /// <summary>640 px, for dialogs that show code.</summary>
    [Parameter]
    public bool Wide { get; set; }

    /// <summary>At the right edge, over the whole height.</summary>
    [Parameter]
    public bool Drawer { get; set; }

    /// <summary>Closes by its own buttons alone: no Escape and no cross.</summary>
    [Parameter]
    public bool Strict { get; set; }

    /// <summary>A question more than a form: the focus begins on "Cancel".</summary>
    [Parameter]
    public bool AsksOnly { get; set; }

    /// <summary>The key under which the browser keeps what is typed, but no secret; null for none.</summary>
    [Parameter]
    public string? Draft { get; set; }

    /// <summary>There is nothing to submit yet.</summary>
    [Parameter]
    public bool SubmitDisabled { get; set; }

    [Parameter]
    public EventCallback OnSubmit { get; set; }

    /// <summary>The person gave up; without a handler the dialog is canceled.</summary>
    [Parameter]
    public EventCallback OnGiveUp { get; set; }

    /// <summary>For a drawer beside a list: the arrow keys ask for the row before (-1) or after (1).</summary>
    [Parameter]
    public EventCallback<int> OnStep { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public RenderFragment? Actions { get; set; }

    private string Css => $"fc-dialog {(Wide ? "fc-wide" : null)} {(Drawer ? "fc-drawer" : null)}";

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        _opened?.Dispose();
        await js.TryInvokeVoidAsync("fc.dialogClosed", Instance.ElementId);
    }

    protected override void OnInitialized() => _opened = open.Add(Instance);

    // MudBlazor draws the title only when it is asked to.
    protected override void OnParametersSet()
    {
        if (_titled is not null && _titled != Title)
            Instance.StateHasChanged();
        _titled = Title;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await js.TryInvokeVoidAsync("fc.dialogOpened", Instance.ElementId);
    }

    /// <summary>Another row is shown: it begins at its top, and the focus stays in the dialog.</summary>
    public Task BeginAgainAsync() => js.TryInvokeVoidAsync("fc.drawerMoved", Instance.ElementId);

    private async Task GiveUp()
    {
        if (_running)
            return;
        if (OnGiveUp.HasDelegate)
            await OnGiveUp.InvokeAsync();
        else
            Instance.Cancel();
    }

    private async Task SubmitAsync()
    {
        if (_running || SubmitDisabled)
            return;
        (_running, _broken) = (true, null);
        Instance.StateHasChanged();
        try
        {
            await OnSubmit.InvokeAsync();
        }
        catch (Exception failure) when (!_gone && failure is not OperationCanceledException)
        {
            var reference = Ids.New(time).ToString("N")[^12..];
            LogSubmissionFailed(failure, Title, reference);
            _broken = Texts.Format(SharedTexts.DialogBroke, reference);
        }
        finally
        {
            _running = false;
        }

        if (_gone)
            return;
        Instance.StateHasChanged();
        StateHasChanged();
        await js.FocusFirstInvalidAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The dialog \"{Title}\" failed; reference {Reference}")]
    private partial void LogSubmissionFailed(Exception failure, string title, string reference);
}
