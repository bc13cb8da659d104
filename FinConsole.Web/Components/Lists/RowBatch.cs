namespace FinConsole.Web.Components.Lists;

/// <summary>Rows on their way to the browser. They are drawn once; then they are forgotten, with what they were drawn from.</summary>
/// <param name="rows">In their order.</param>
public sealed class RowBatch(IEnumerable<DrawnRow> rows)
{
    private IEnumerable<DrawnRow>? _rows = rows;

    /// <exception cref="InvalidOperationException">They were taken before: a list that is made anew needs rows that are read anew.</exception>
    public IEnumerable<DrawnRow> Take()
    {
        var rows = _rows ?? throw new InvalidOperationException("These rows were drawn before.");
        _rows = null;
        return rows;
    }
}
