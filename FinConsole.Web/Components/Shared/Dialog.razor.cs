using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FinConsole.Web.Components.Shared;

/// <summary>
/// A modal dialog. Its content exists only while it is open: what a person typed, or was shown once, is gone with it.
/// </summary>
public sealed partial class Dialog(IJSRuntime js) : IAsyncDisposable
{
    private readonly string _titleId = $"dialog-{Interlocked.Increment(ref _number)}";
    private static int _number;
    private ElementReference _element;
    private DotNetObjectReference<Dialog>? _self;
    private bool _shown;
    private bool _opened;

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>640 px, for dialogs that show code.</summary>
    [Parameter]
    public bool Wide { get; set; }

    /// <summary>At the right edge, over the whole height.</summary>
    [Parameter]
    public bool Drawer { get; set; }

    /// <summary>Closes by its own buttons alone: no Esc, no cross, no click beside it.</summary>
    [Parameter]
    public bool Strict { get; set; }

    /// <summary>The person asked to close it.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [JSInvokable]
    public async Task RequestCloseAsync()
    {
        if (!Strict)
            await OnClose.InvokeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        if (!_opened)
            return;
        try
        {
            await js.InvokeVoidAsync("fc.closeDialog", _element);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the dialog with it.
        }
    }

    protected override void OnParametersSet() => _shown = Open;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Open == _opened)
            return;
        _opened = Open;
        if (Open)
        {
            _self ??= DotNetObjectReference.Create(this);
            await js.InvokeVoidAsync("fc.openDialog", _element, _self, Strict);
        }
        else
        {
            await js.InvokeVoidAsync("fc.closeDialog", _element);
        }
    }
}
