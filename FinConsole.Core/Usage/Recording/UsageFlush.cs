using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.Usage.Failures;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Usage.Recording;

/// <summary>Takes what was counted and writes it down. What cannot be written waits for the next time, as far as there is room.</summary>
public sealed partial class UsageFlush : IDisposable
{
    // A transaction of so many rows holds others up for some tens of milliseconds.
    private const int RowsPerTransaction = 5_000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly UsageRecorder _recorder;
    private readonly TokenFailures _failures;
    private readonly UsageWriter _writer;
    private readonly TimeProvider _time;
    private readonly ILogger<UsageFlush> _logger;
    private readonly UsageBacklog _backlog;
    private long _writtenUntil;
    private long _waiting;
    private long _lostInBacklog;
    private long _lostTold;

    internal UsageFlush(UsageRecorder recorder, TokenFailures failures, UsageWriter writer, Places places, TimeProvider time, ILogger<UsageFlush> logger)
    {
        (_recorder, _failures, _writer, _time, _logger) = (recorder, failures, writer, time, logger);
        _backlog = new UsageBacklog(places);
        _writtenUntil = time.GetUtcNow().UtcTicks;
    }

    /// <summary>How old a count may be that is not yet in the database: about a second while all is well.</summary>
    public TimeSpan Lag => TimeSpan.FromTicks(Math.Max(0, _time.GetUtcNow().UtcTicks - Interlocked.Read(ref _writtenUntil)));

    /// <summary>How many requests this instance has taken from the counters and not yet written.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>How many requests and refusals this instance has not counted, for want of room, since it started.</summary>
    public long Lost => _recorder.Lost + _failures.Lost + Interlocked.Read(ref _lostInBacklog);

    /// <summary>Writes everything that was counted before the call.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var begun = _time.GetUtcNow();
            _recorder.Drain(_backlog.AddUse);
            _failures.Drain((key, count, _) => _backlog.AddFailure(key, count));
            Interlocked.Exchange(ref _lostInBacklog, _backlog.Lost);
            Interlocked.Exchange(ref _waiting, _backlog.Waiting);
            TellLost();
            while (!_backlog.IsEmpty)
            {
                var piece = _backlog.Take(RowsPerTransaction);
                await _writer.WriteAsync(piece, cancellationToken);
                _backlog.Remove(piece);
            }

            Interlocked.Exchange(ref _waiting, 0);
            Interlocked.Exchange(ref _writtenUntil, begun.UtcTicks);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private void TellLost()
    {
        var lost = Lost;
        if (lost > _lostTold)
            LogLost(lost - _lostTold, lost);
        _lostTold = lost;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} requests found no room among the counts and are not counted; {Total} since the start")]
    private partial void LogLost(long count, long total);
}
