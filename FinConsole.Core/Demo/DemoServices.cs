using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Email;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.LoginHistory.Countries;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.Demo;

public static class DemoServices
{
    /// <summary>Adds <see cref="DemoData"/> over the console's own database. The host binds <see cref="DemoOptions"/>.</summary>
    public static IServiceCollection AddDemoData(this IServiceCollection services, DatabaseProvider provider, string connectionString) =>
        services.AddSingleton(host => new DemoData(
            host.GetRequiredService<ConsoleDb>(),
            host.GetRequiredService<IOptions<DemoOptions>>(),
            host.GetRequiredService<TimeProvider>(),
            host.GetRequiredService<ChainRegister>(),
            clock => BuildCore(host, clock, provider, connectionString)));

    // No hosted service of it is ever started: emails stay in memory and go with it, nothing sweeps by the real clock.
    private static ServiceProvider BuildCore(IServiceProvider host, DemoClock clock, DatabaseProvider provider, string connectionString) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(clock)
        .AddSingleton(host.GetRequiredService<Pepper>())
        .AddSingleton(host.GetRequiredService<ConsoleAddress>())
        .AddSingleton(host.GetRequiredService<IDataProtectionProvider>())
        .AddSingleton(host.GetRequiredService<IOptions<EncryptionKeyOptions>>())
        .AddSingleton(host.GetRequiredService<IOptions<CountryOptions>>())
        .AddSingleton(DemoPasswordHasher.Over(host))
        .AddFinConsoleCore(provider, connectionString)
        .BuildServiceProvider();
}
