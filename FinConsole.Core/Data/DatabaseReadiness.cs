using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Data;

/// <summary>
/// Whether the database answers and has this program's schema. Asked by whoever balances load, as often as they like: an answer is
/// kept for a second, and there is one question at a time, so that health checks are no load of their own.
/// </summary>
public sealed partial class DatabaseReadiness(ConsoleDb db, TimeProvider time, ILogger<DatabaseReadiness> logger)
{
    /// <summary>A database that takes longer counts as away.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<bool>? _answer;
    private long _asked;

    public Task<bool> IsReadyAsync()
    {
        lock (_lock)
        {
            if (_answer is null || (_answer.IsCompleted && time.GetElapsedTime(_asked) >= KeptFor))
                (_answer, _asked) = (Task.Run(AskAsync), time.GetTimestamp());
            return _answer;
        }
    }

    private async Task<bool> AskAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Limit, time);
            return await ReadAsync(limit.Token).WaitAsync(Limit, time);
        }
        catch (Exception failure)
        {
            LogAway(failure);
            return false;
        }
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        return !context.Database.GetMigrations().Except(applied).Any();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not answer a health check")]
    private partial void LogAway(Exception failure);
}
