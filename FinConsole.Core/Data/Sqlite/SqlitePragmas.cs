using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FinConsole.Core.Data.Sqlite;

/// <summary>
/// What every connection to the file needs: readers beside one writer (WAL), a commit that survives power loss (FULL),
/// foreign keys, and deleted secrets overwritten on disk (secure_delete). The wait is for other processes, such as the command line.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas =
        "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
