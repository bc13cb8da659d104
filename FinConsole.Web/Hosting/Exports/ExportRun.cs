using FinConsole.Core.Common;
using Microsoft.AspNetCore.WebUtilities;

namespace FinConsole.Web.Hosting.Exports;

public enum ExportState
{
    /// <summary>The browser has not come for it yet.</summary>
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>
/// One export, from the press of its button to the last byte: the page looks at it while the download writes it. Its link is good for some
/// minutes and as often as it is asked for, because download managers ask a second time; what it exports cannot be changed.
/// </summary>
public sealed class ExportRun : IProgress<ReadingReach>
{
    /// <summary>For so long a download can begin.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _cancel = new();
    private readonly Lock _lock = new();
    private ReadingReach? _reach;
    private long _rows;
    private int _attempts;

    internal ExportRun(Guid id, Guid tenantId, Guid sessionId, string link, DateTimeOffset until, CsvOptions csv) =>
        (Id, TenantId, SessionId, Link, Until, Csv) = (id, tenantId, sessionId, link, until, csv);

    public Guid Id { get; }

    /// <summary>The address of the file.</summary>
    public string Link { get; }

    /// <summary>When no more download can begin.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>How many rows are out.</summary>
    public long Rows
    {
        get
        {
            lock (_lock)
                return _rows;
        }
    }

    public ExportState State { get; private set; }

    /// <summary>Why there is nothing, where there is a reason that somebody can do something about.</summary>
    public string? Refusal { get; private set; }

    /// <summary>How far the reading has come; null before its first piece.</summary>
    public ReadingReach? Reach
    {
        get
        {
            lock (_lock)
                return _reach;
        }
    }

    /// <summary>Cancelled by its button.</summary>
    internal CancellationToken Cancelled => _cancel.Token;

    internal Guid TenantId { get; }

    internal Guid SessionId { get; }

    /// <summary>What the file looks like, where it is CSV.</summary>
    internal CsvOptions Csv { get; }

    public void Report(ReadingReach value)
    {
        lock (_lock)
        {
            if (State == ExportState.Running)
                _reach = value;
        }
    }

    /// <summary>Stops the reading and breaks the download off, so that what was saved does not pass for the whole.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            if (State is ExportState.Waiting or ExportState.Running)
                State = ExportState.Cancelled;
        }

        _cancel.Cancel();
    }

    /// <summary>Tells how many rows the newest attempt has written.</summary>
    internal void CountTo(int attempt, long rows)
    {
        lock (_lock)
        {
            if (attempt == _attempts && State == ExportState.Running)
                _rows = rows;
        }
    }

    /// <summary>Whether this is the address as it was given out: what it exports is what was asked for in the page.</summary>
    internal bool IsLinkOf(HttpRequest request)
    {
        var (path, query) = Link.Split('?', 2) is [var first, var second] ? (first, second) : (Link, "");
        var given = QueryHelpers.ParseQuery(query);
        return request.Path.Equals(path) && request.Query.Count == given.Count && given.All(each => request.Query[each.Key] == each.Value);
    }

    /// <summary>Begins a download; null where it was cancelled by its button or came too late.</summary>
    internal ExportAttempt? TryBegin(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_cancel.IsCancellationRequested || now >= Until)
                return null;
            // The page has told that the file is there, and does not take it back.
            if (State != ExportState.Done)
                (State, _reach, _rows, Refusal) = (ExportState.Running, null, 0, null);
            return new ExportAttempt(this, ++_attempts);
        }
    }

    /// <summary>Whether somebody who watches may still see a change.</summary>
    internal bool MayGoOn(DateTimeOffset now) => State is ExportState.Running || (State != ExportState.Done && !_cancel.IsCancellationRequested && now < Until);

    /// <summary>Sets how the newest attempt ended; its first end counts.</summary>
    internal void End(int attempt, ExportState state, string? refusal = null)
    {
        lock (_lock)
        {
            if (attempt == _attempts && State == ExportState.Running)
                (State, Refusal) = (state, refusal);
        }
    }
}

/// <summary>One download of an export.</summary>
/// <param name="Run">The export.</param>
/// <param name="Number">1 for the first.</param>
internal sealed record ExportAttempt(ExportRun Run, int Number)
{
    public void Refuse(string reason) => Run.End(Number, ExportState.Failed, reason);

    public void CountTo(long rows) => Run.CountTo(Number, rows);

    public void End(ExportState state) => Run.End(Number, state);
}
