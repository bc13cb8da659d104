using FinConsole.Core.Audit.Chain;
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
    /// <summary>Brings the schema up to date, makes sure that this is the database's pepper, fills in demo data where wanted, and prints the link with which to set up an empty console.</summary>
    /// <exception cref="StartRefusedException">The pepper is another database's, or the country table is damaged.</exception>
    public static async Task PrepareAsync(this IServiceProvider services, Installation installation)
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        LoadCountries(services);
        await services.PrepareDatabaseAsync(stopping);
        if (installation.Demo)
            await FillDemoAsync(services, stopping);
        if (await services.GetRequiredService<SetUpConsole>().IssueLinkAsync(stopping) is { } link)
            await Console.Out.WriteLineAsync(Texts.Format(StartUpTexts.SetUp, link.Reveal()));
    }

    /// <summary>Brings the schema up to date and makes sure that this is the database's pepper, and that the operator's log has its beginning.</summary>
    /// <exception cref="StartRefusedException">The pepper is another database's, or what every database in use holds was removed.</exception>
    public static async Task PrepareDatabaseAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<DatabaseMigration>().ApplyAsync(cancellationToken);
        await CheckPepperAsync(services, cancellationToken);
        try
        {
            await services.GetRequiredService<OperatorChain>().EnsureAsync(cancellationToken);
        }
        catch (InstallationDamagedException damaged)
        {
            throw new StartRefusedException([damaged.Message]);
        }
    }

    private static async Task CheckPepperAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<PepperCheck>().EnsureSameAsync(cancellationToken);
        }
        catch (InvalidOperationException failure) when (failure.Source == typeof(PepperCheck).Assembly.GetName().Name)
        {
            throw new StartRefusedException([failure.Message]);
        }
    }

    /// <summary>Not later, at the first sign-in, where nobody reads that the table is damaged.</summary>
    private static void LoadCountries(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<CountryTable>();
        }
        catch (CountryTableException failure)
        {
            throw new StartRefusedException([failure.Message]);
        }
    }

    private static async Task FillDemoAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<DemoData>().EnsureAsync(cancellationToken);
        }
        catch (InvalidOperationException failure) when (failure.Source == typeof(DemoData).Assembly.GetName().Name)
        {
            throw new StartRefusedException([failure.Message]);
        }
    }
}
