using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Lists;

public sealed partial class RowList
{
    private const int DrawsToForget = 2;
    private readonly RowLines _lines = new();
    private RowBatch? _drawn;
    private string? _handed;
    private int _draws;

    /// <summary>Classes of the table.</summary>
    [Parameter]
    public string? Css { get; set; }

    /// <summary>The row of headings.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Head { get; set; } = default!;

    /// <summary>The rows to show in place of those that are there: each batch once.</summary>
    [Parameter, EditorRequired]
    public RowBatch Rows { get; set; } = default!;

    /// <summary>Whether each row is a tbody of its own.</summary>
    [Parameter]
    public bool Grouped { get; set; }

    /// <summary>A button of a row was pressed.</summary>
    [Parameter]
    public EventCallback<PressedEventArgs> OnAction { get; set; }

    // The browser has the rows: the attribute goes with the first drawing, and the tree before that one, which the framework keeps, with the second.
    protected override void OnAfterRender(bool firstRender)
    {
        if (_draws == 0)
            return;
        _draws--;
        _handed = null;
        StateHasChanged();
    }

    // While the tree is drawn, and not before: only what is drawn reaches the browser for certain.
    private void Hand()
    {
        if (ReferenceEquals(Rows, _drawn))
            return;
        _drawn = Rows;
        (_handed, _draws) = (_lines.Next(Rows.Take()), DrawsToForget);
    }
}
