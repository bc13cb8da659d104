using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace FinConsole.Core.Data.Sqlite;

/// <summary>
/// Applies all pending migrations in one transaction, so that a start that is killed at any statement leaves the database as it was.
/// </summary>
/// <remarks>
/// EF Core's own migrator cannot do that on SQLite. A migration that rebuilds a table switches foreign keys off, which works only outside
/// a transaction, so EF Core commits what came before and after it separately; and its lock is a row, which a killed process leaves behind
/// for good. Here foreign keys are off before the transaction begins (as https://sqlite.org/lang_altertable.html#otheralter asks), and the
/// write lock of that transaction is what keeps other instances out.
/// </remarks>
internal static class SqliteMigrator
{
    private const string ForeignKeysPragma = "PRAGMA foreign_keys";

    /// <param name="context">Over a connection that is not open yet.</param>
    /// <param name="applying">Told of each migration before its first statement.</param>
    public static async Task ApplyAsync(ConsoleDbContext context, Action<string> applying, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await ExecuteAsync(context, "PRAGMA foreign_keys = 0;", cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            await ApplyPendingAsync(context, applying, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        finally
        {
            // The connection goes back to its pool.
            await ExecuteAsync(context, "PRAGMA foreign_keys = 1;", CancellationToken.None);
            await context.Database.CloseConnectionAsync();
        }
    }

    private static async Task ApplyPendingAsync(ConsoleDbContext context, Action<string> applying, CancellationToken cancellationToken)
    {
        var history = context.GetService<IHistoryRepository>();
        var migrations = context.GetService<IMigrationsAssembly>();
        await ExecuteAsync(context, history.GetCreateIfNotExistsScript(), cancellationToken);
        // What an earlier release left when it was killed. Nothing reads it any longer.
        await ExecuteAsync(context, """DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancellationToken);
        var applied = (await history.GetAppliedMigrationsAsync(cancellationToken)).Select(row => row.MigrationId).ToHashSet();
        var orphans = await CountOrphansAsync(context, cancellationToken);
        foreach (var (id, type) in migrations.Migrations.Where(migration => !applied.Contains(migration.Key)))
        {
            applying(id);
            await RunAsync(context, migrations.CreateMigration(type, context.Database.ProviderName!), cancellationToken);
            await ExecuteAsync(context, history.GetInsertScript(new HistoryRow(id, ProductInfo.GetVersion())), cancellationToken);
        }

        if (await CountOrphansAsync(context, cancellationToken) > orphans)
            throw new InvalidOperationException("A migration leaves rows that refer to rows that are not there.");
    }

    private static async Task RunAsync(ConsoleDbContext context, Migration migration, CancellationToken cancellationToken)
    {
        var model = context.GetService<IModelRuntimeInitializer>().Initialize(migration.TargetModel);
        var connection = context.GetService<IRelationalConnection>();
        foreach (var command in context.GetService<IMigrationsSqlGenerator>().Generate(migration.UpOperations, model))
        {
            if (!command.TransactionSuppressed)
                await command.ExecuteNonQueryAsync(connection, cancellationToken: cancellationToken);
            else if (!command.CommandText.StartsWith(ForeignKeysPragma, StringComparison.OrdinalIgnoreCase))
                throw new InvalidOperationException($"{migration.GetType().Name} asks for a statement outside the transaction: {command.CommandText}");
        }
    }

    // Rows whose foreign key refers to nothing. While foreign keys are off, nothing else notices them.
    private static Task<int> CountOrphansAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        context.Database.SqlQueryRaw<int>("""SELECT COUNT(*) AS "Value" FROM pragma_foreign_key_check""").SingleAsync(cancellationToken);

    private static Task ExecuteAsync(ConsoleDbContext context, string sql, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync(sql, cancellationToken);
}
