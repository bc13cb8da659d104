using FinConsole.Web.Components.Shared;

namespace FinConsole.Web.Components.Lists;

/// <summary>Rows of a log, each under the day that it belongs to.</summary>
internal static class DayRows
{
    /// <param name="rows">In their order.</param>
    /// <param name="at">When each was.</param>
    /// <param name="clock">The reader's, which says where days begin.</param>
    /// <param name="columns">How many the table has.</param>
    /// <param name="draw">Draws one.</param>
    public static IEnumerable<DrawnRow> Draw<TRow>(IEnumerable<TRow> rows, Func<TRow, DateTimeOffset> at, UserClock clock, int columns, Func<TRow, DrawnRow> draw)
    {
        DateOnly? last = null;
        foreach (var row in rows)
        {
            var (day, drawn) = (clock.DayOf(at(row)), draw(row));
            if (day != last)
                yield return new($"day-{drawn.Id}", EncodedHtml.Of($"<tr id=\"day-{drawn.Id}\" class=\"fc-day\"><th scope=\"col\" colspan=\"{columns}\">{clock.Day(at(row))}</th></tr>"));
            last = day;
            yield return drawn;
        }
    }
}
