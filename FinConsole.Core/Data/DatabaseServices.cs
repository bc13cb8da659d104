using FinConsole.Core.Data.Changes;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Data.PostgreSql;
using FinConsole.Core.Data.Sqlite;
using FinConsole.Core.Data.SqlServer;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Data;

/// <summary>Registers the database of the chosen provider.</summary>
public static class DatabaseServices
{
    /// <param name="services">The collection to add to.</param>
    /// <param name="provider">Which database.</param>
    /// <param name="connectionString">For that database.</param>
    public static IServiceCollection AddConsoleDatabase(this IServiceCollection services, DatabaseProvider provider, string connectionString)
    {
        switch (provider)
        {
            case DatabaseProvider.Sqlite:
                services.AddPool<SqliteConsoleDbContext>(options => options.UseSqlite(connectionString).AddInterceptors(new SqlitePragmas()));
                break;
            case DatabaseProvider.SqlServer:
                services.AddPool<SqlServerConsoleDbContext>(options => options.UseSqlServer(connectionString));
                break;
            case DatabaseProvider.PostgreSql:
                services.AddPool<PostgreSqlConsoleDbContext>(options => options.UseNpgsql(connectionString));
                services.AddHostedService(provider => new PostgreSqlChangeListener(
                    connectionString, provider.GetRequiredService<ChangeFeed>().Wake, provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<PostgreSqlChangeListener>>()));
                break;
        }

        services.AddSingleton<WriteQueue>();
        services.AddSingleton<Leases>();
        services.AddSingleton<ChangeFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeFeed>());
        services.AddSingleton<PepperCheck>();
        services.AddSingleton<KeyRingSeal>();
        services.AddSingleton<KeyRingAdoption>();
        services.AddSingleton<KeyRingRepository>();
        services.AddDataProtection();
        services.AddOptions<KeyManagementOptions>().Configure<KeyRingRepository>((options, repository) => options.XmlRepository = repository);
        services.AddSingleton<RecordProtector>();
        services.AddSingleton<DatabaseMigration>();
        services.AddSingleton<DatabaseObstacles>();
        services.AddSingleton<DatabaseReadiness>();
        return services;
    }

    private static void AddPool<TContext>(this IServiceCollection services, Action<DbContextOptionsBuilder> configure)
        where TContext : ConsoleDbContext
    {
        services.AddPooledDbContextFactory<TContext>((provider, options) =>
        {
            configure(options);
            options.AddInterceptors(new FailedCommandLog(provider.GetRequiredService<ILogger<FailedCommandLog>>()));
            // Rows are selected into records; a filter that hides a required parent is meant.
            options.ConfigureWarnings(warnings => warnings
                .Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning)
                .Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                    // Of a transaction that a stop cut off; whoever began it has the exception.
                    (RelationalEventId.TransactionError, LogLevel.Debug)));
        });
        services.AddSingleton(provider =>
        {
            var factory = provider.GetRequiredService<IDbContextFactory<TContext>>();
            return new ConsoleDb(factory.CreateDbContext);
        });
    }
}
