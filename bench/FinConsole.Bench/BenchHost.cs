using FinConsole.Bench.Generating;
using FinConsole.Core;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FinConsole.Bench;

/// <summary>All of Core over one database, as a host puts it together; nothing runs in the background.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private BenchHost(ServiceProvider services, BenchDatabase database, Population population, Actor admin) =>
        (_services, Database, Population, Admin) = (services, database, population, admin);

    public BenchDatabase Database { get; }

    public Population Population { get; }

    /// <summary>Signed in, and in the right to read everything.</summary>
    public Actor Admin { get; }

    public Guid TenantId => Admin.TenantId;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<BenchHost> StartAsync(BenchDatabase database)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.Configure<RateLimitOptions>(limits => limits.SignInPerIpPerMinute = int.MaxValue);
        services.AddFinConsoleCore(database.Provider, database.ConnectionString);
        services.AddSingleton(new Pepper([.. Enumerable.Range(1, Pepper.Length).Select(number => (byte)number)]));
        services.AddSingleton(new ConsoleAddress(new Uri("https://console.example/")));
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<DatabaseMigration>().ApplyAsync(CancellationToken.None);
        await provider.GetRequiredService<OperatorChain>().EnsureAsync(CancellationToken.None);
        var (population, admin) = await Population.FindAsync(provider) ?? await Population.SettleAsync(provider);
        return new BenchHost(provider, database, population, admin);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
