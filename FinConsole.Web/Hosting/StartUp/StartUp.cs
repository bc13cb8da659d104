using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Demo;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Hosting.StartUp;

/// <summary>What happens between configuring the program and its first request.</summary>
public static class StartUp
{
    /// <summary>Brings the schema up to date, makes sure that this is the database's pepper, and fills in demo data where wanted.</summary>
    /// <exception cref="StartRefusedException">The pepper is another database's.</exception>
    public static async Task PrepareAsync(this IServiceProvider services, Installation installation)
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await services.GetRequiredService<DatabaseMigration>().ApplyAsync(stopping);
        await CheckPepperAsync(services, stopping);
        if (installation.Demo)
            await FillDemoAsync(services, stopping);
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
