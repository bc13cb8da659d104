using FinConsole.Core.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Data;

/// <summary>
/// Brings the database's schema up to this program's. A lock of the database is held meanwhile, so that several instances may start at
/// once, and a start that is killed meanwhile leaves a database that the next start brings up to date.
/// </summary>
public sealed partial class DatabaseMigration(ConsoleDb db, ILogger<DatabaseMigration> logger)
{
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();

        // Migrating compares the whole model with its snapshot first, which takes half of an ordinary start.
        if (await IsDueAsync(context, cancellationToken))
        {
            if (context.Dialect.Provider == DatabaseProvider.Sqlite)
                await SqliteMigrator.ApplyAsync(context, LogApplying, cancellationToken);
            else if (context.Dialect.Provider == DatabaseProvider.PostgreSql)
                await MigratePostgreSqlAsync(context, cancellationToken);
            else
                await context.Database.MigrateAsync(cancellationToken);
        }

        await EnsureWritableAsync(context, cancellationToken);
    }

    /// <summary>Whether the schema is an older program's.</summary>
    public async Task<bool> IsDueAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        return await IsDueAsync(context, cancellationToken);
    }

    private static async Task<bool> IsDueAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        // Npgsql asks a database without tables for its history as well, and the failure of that command would be logged as an error.
        if (context.Dialect.Provider == DatabaseProvider.PostgreSql && await IsEmptyAsync(context, cancellationToken))
            return true;

        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        return context.Database.GetMigrations().Except(applied).Any();
    }

    private static async Task<bool> IsEmptyAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var creator = (IRelationalDatabaseCreator)context.GetService<IDatabaseCreator>();
        return !await creator.ExistsAsync(cancellationToken) || !await creator.HasTablesAsync(cancellationToken);
    }

    private static async Task MigratePostgreSqlAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        if (await IsEmptyAsync(context, cancellationToken))
        {
            // For the same reason the history is there before EF Core looks for it.
            var creator = (IRelationalDatabaseCreator)context.GetService<IDatabaseCreator>();
            if (!await creator.ExistsAsync(cancellationToken))
                await creator.CreateAsync(cancellationToken);
            await context.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
        }

        await context.Database.MigrateAsync(cancellationToken);
    }

    // Changes no row, and needs the permission to: a database that can only be read shows now, and not at somebody's first sign-in.
    private static Task EnsureWritableAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        context.Set<Lease>().Where(lease => lease.Name == "").ExecuteUpdateAsync(set => set.SetProperty(lease => lease.Holder, Guid.Empty), cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Applying migration {Migration}")]
    private partial void LogApplying(string migration);
}
