using System.Data.Common;
using FinConsole.Core.Data.PostgreSql;
using FinConsole.Core.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Tests.Fixtures;

/// <summary>Cancels just before an instance's n-th statement, as a client does that hangs up.</summary>
internal sealed class HangUp : DbCommandInterceptor
{
    private CancellationTokenSource? _stop;
    private int _left;
    private bool _after;

    public bool Struck => _left <= 0;

    /// <summary>Counts the statements of an instance that is made with these services.</summary>
    public void ListenTo(IServiceCollection services)
    {
        services.ConfigureDbContext<SqliteConsoleDbContext>(options => options.AddInterceptors(this));
        services.ConfigureDbContext<PostgreSqlConsoleDbContext>(options => options.AddInterceptors(this));
    }

    public CancellationTokenSource At(int statement) => Strike(statement, after: false);

    /// <summary>When the n-th statement's rows have been read.</summary>
    public CancellationTokenSource Behind(int statement) => Strike(statement, after: true);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Count(after: false);
        return base.ReaderExecutingAsync(command, eventData, result, CancellationToken.None);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Count(after: false);
        return base.NonQueryExecutingAsync(command, eventData, result, CancellationToken.None);
    }

    public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        Count(after: true);
        return base.DataReaderDisposing(command, eventData, result);
    }

    private CancellationTokenSource Strike(int statement, bool after)
    {
        (_stop, _left, _after) = (new CancellationTokenSource(), statement, after);
        return _stop;
    }

    private void Count(bool after)
    {
        if (after == _after && Interlocked.Decrement(ref _left) == 0)
            _stop!.Cancel();
    }
}
