using FinConsole.Core.Common;

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

/// <summary>One export, from the press of its button to the last byte: the page looks at it while the download writes it.</summary>
public sealed class ExportRun : IProgress<ReadingReach>
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly Lock _lock = new();
    private ReadingReach? _reach;
    private long _rows;

    internal ExportRun(Guid id, Guid tenantId, Guid sessionId) => (Id, TenantId, SessionId) = (id, tenantId, sessionId);

    public Guid Id { get; }

    /// <summary>How many rows are out.</summary>
    public long Rows => Interlocked.Read(ref _rows);

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

    public void Report(ReadingReach value)
    {
        lock (_lock)
            _reach = value;
    }

    /// <summary>Stops the reading and breaks the download off, so that what was saved does not pass for the whole.</summary>
    public void Cancel()
    {
        End(ExportState.Cancelled);
        _cancel.Cancel();
    }

    internal void CountTo(long rows) => Interlocked.Exchange(ref _rows, rows);

    /// <summary>True for the first who comes for it: an address that was used is worth nothing.</summary>
    internal bool TryBegin()
    {
        lock (_lock)
        {
            if (State != ExportState.Waiting)
                return false;
            State = ExportState.Running;
            return true;
        }
    }

    internal void Refuse(string reason)
    {
        Refusal = reason;
        End(ExportState.Failed);
    }

    /// <summary>Sets how it ended; the first end counts.</summary>
    internal void End(ExportState state)
    {
        lock (_lock)
        {
            if (State is ExportState.Waiting or ExportState.Running)
                State = state;
        }
    }
}
