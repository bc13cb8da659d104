using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Web.Hosting.Exports;

namespace FinConsole.Web.LoginHistory;

/// <summary>What an exported attempt holds. Names stay: other people's programs read them.</summary>
internal static class LoginColumns
{
    public static readonly IReadOnlyList<ExportColumn<LoginRow>> All =
    [
        new("id", (row, cell) => cell.Number(row.Id)),
        new("at", (row, cell) => cell.Time(row.At)),
        new("account", (row, cell) => cell.Text(row.Account)),
        new("memberId", (row, cell) => cell.Id(row.MemberId)),
        new("name", (row, cell) => cell.Text(row.Name)),
        new("way", (row, cell) => cell.Text(LoginApiValues.Ways.Of(row.Way))),
        new("outcome", (row, cell) => cell.Text(LoginApiValues.Outcomes.Of(row.Outcome))),
        new("ip", (row, cell) => cell.Text(row.Ip)),
        new("country", (row, cell) => cell.Text(row.Country)),
        new("device", (row, cell) => cell.Text(row.Device)),
        new("userAgent", (row, cell) => cell.Text(row.UserAgent)),
        new("sessionId", (row, cell) => cell.Id(row.SessionId)),
        new("tokenId", (row, cell) => cell.Id(row.TokenId)),
        new("level", (row, cell) => cell.Text(row.Level is { } level ? LoginApiValues.Levels.Of(level) : null)),
        new("score", (row, cell) => cell.Number(row.Score)),
        new("reasons", (row, cell) => cell.Text(string.Join(' ', LoginApiValues.Of(row.Flagged)))),
        new("undecided", (row, cell) => cell.Text(string.Join(' ', LoginApiValues.Of(row.Undecided)))),
        new("mark", (row, cell) => cell.Text(row.Mark is { } mark ? LoginApiValues.Marks.Of(mark) : null)),
        new("markedBy", (row, cell) => cell.Text(row.MarkedBy)),
        new("correlationId", (row, cell) => cell.Text(row.CorrelationId)),
    ];
}
