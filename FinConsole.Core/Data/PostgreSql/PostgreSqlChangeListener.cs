using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FinConsole.Core.Data.PostgreSql;

/// <summary>
/// Wakes the change feed when another instance has committed a change, by LISTEN on a connection of its own. A hint and no more: the feed
/// goes on looking for itself, and where notices do not come through (a pooler between, a broken connection) it is merely as late as that.
/// </summary>
internal sealed partial class PostgreSqlChangeListener(string connectionString, Action wake, TimeProvider time, ILogger<PostgreSqlChangeListener> logger) : BackgroundService
{
    /// <summary>Within one database; sent in the transaction of the change, and so not before its commit.</summary>
    public const string Channel = "finconsole_changes";

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    // Held for good, so it is no pool's; kept alive, so that a connection which died in silence is noticed.
    private readonly string _connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 30 }.ConnectionString;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is DbException or IOException or TimeoutException or InvalidOperationException)
            {
                LogBroken(failure);
                await Task.Delay(RetryInterval, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        connection.Notification += (_, _) => wake();
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Notices of changes do not come through; the change table is read at intervals meanwhile")]
    private partial void LogBroken(Exception failure);
}
