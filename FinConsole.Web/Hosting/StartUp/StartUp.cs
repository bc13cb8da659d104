using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Demo;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.Onboarding;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Hosting.StartUp;

/// <summary>What happens between configuring the program and its first request.</summary>
public static class StartUp
{
    /// <summary>
    /// Prepares on the other core while the pipeline is put together: building EF Core's model alone takes as long as mapping all routes
    /// does. The program listens when both have ended.
    /// </summary>
    /// <exception cref="StartRefusedException">Of the task: as <see cref="PrepareAsync"/>.</exception>
    public static Task BeginPreparing(this IServiceProvider services, Installation installation) => Task.Run(() => services.PrepareAsync(installation));

    /// <summary>Brings the schema up to date, makes sure that this is the database's pepper, fills in demo data where wanted, and prints the link with which to set up an empty console.</summary>
    /// <exception cref="StartRefusedException">The pepper is another database's, or the country table is damaged.</exception>
    public static async Task PrepareAsync(this IServiceProvider services, Installation installation)
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        // Now, not at the first sign-in, where nobody reads that the table is damaged.
        await RefusingAsync(() => Task.FromResult(services.GetRequiredService<CountryTable>()));
        await services.PrepareDatabaseAsync(stopping);
        if (installation.Demo)
            await RefusingAsync(() => services.GetRequiredService<DemoData>().EnsureAsync(stopping));
        if (await services.GetRequiredService<SetUpConsole>().IssueLinkAsync(stopping) is { } link)
            await Console.Out.WriteLineAsync(Texts.Format(StartUpTexts.SetUp, link.Reveal()));
    }

    /// <summary>Brings the schema up to date and makes sure that this is the database's pepper, and that the operator's log has its beginning.</summary>
    /// <exception cref="StartRefusedException">The pepper is another database's, what every database in use holds was removed, or the database cannot be used.</exception>
    public static async Task PrepareDatabaseAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<DatabaseMigration>().ApplyAsync(cancellationToken);
            await RefusingAsync(() => services.GetRequiredService<PepperCheck>().EnsureSameAsync(cancellationToken));
            await RefusingAsync(() => services.GetRequiredService<OperatorChain>().EnsureAsync(cancellationToken));
        }
        catch (Exception failure) when (services.GetRequiredService<DatabaseObstacles>().Find(failure) is { } obstacle)
        {
            throw new StartRefusedException(SentenceOf(obstacle));
        }
    }

    private static string SentenceOf(DatabaseObstacle obstacle) => obstacle switch
    {
        DatabaseObstacle.ReadOnly => StartUpTexts.DatabaseReadOnly,
        DatabaseObstacle.CannotOpen => StartUpTexts.DatabaseCannotOpen,
        DatabaseObstacle.Unreachable => StartUpTexts.DatabaseUnreachable,
        DatabaseObstacle.AccessDenied => StartUpTexts.DatabaseAccessDenied,
        DatabaseObstacle.NoSuchDatabase => StartUpTexts.DatabaseNotThere,
        DatabaseObstacle.Full => StartUpTexts.DatabaseFull,
    };

    /// <summary>What Core refuses of the configuration, as the plain list that the operator reads. A bug in Core passes through, with its stack trace.</summary>
    private static async Task RefusingAsync(Func<Task> start)
    {
        try
        {
            await start();
        }
        catch (ConfigurationRefusedException refusal)
        {
            throw new StartRefusedException([refusal.Message]);
        }
    }
}
