using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Data;

/// <summary>
/// Logs commands that failed, in the place of EF Core's own two errors, which cannot tell a failure that nobody expects from a broken
/// unique index that decides a race. The latter is an outcome: it is logged at Debug, and an exception that no use case turns into an
/// answer is logged, with its stack trace, by whoever serves the request or runs the worker.
/// </summary>
internal sealed partial class FailedCommandLog(ILogger<FailedCommandLog> logger) : DbCommandInterceptor
{
    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Write(command, eventData);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Write(command, eventData);
        return Task.CompletedTask;
    }

    private void Write(DbCommand command, CommandErrorEventData eventData)
    {
        if (eventData.Exception is DbException failure && eventData.Context is ConsoleDbContext context && context.Dialect.IsUniqueViolation(failure))
            LogLostRace(failure.Message);
        else
            LogFailed(eventData.Exception.Message, command.CommandText);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A unique index refused a row: {Reason}")]
    private partial void LogLostRace(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A database command failed: {Reason} {Sql}")]
    private partial void LogFailed(string reason, string sql);
}
