using FinConsole.Core.Demo;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Demo;

/// <summary>The console's Core with the demo in it, made once for a class of tests that only look.</summary>
public sealed class DemoHost : IAsyncLifetime
{
    public const string Password = "only-for-demo-harbour-teapot";

    private ServiceProvider? _services;

    public SqliteCore Core { get; } = new();

    public IServiceProvider Services => _services!;

    /// <summary>How many times the real hasher had to verify a password while the demo was made.</summary>
    public int HashesVerified { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await Core.InitializeAsync();
        _services = NewInstance(Core);
        await _services.GetRequiredService<DemoData>().EnsureAsync(CancellationToken.None);
        HashesVerified = Core.Hasher.Verifications;
    }

    public async ValueTask DisposeAsync()
    {
        await _services!.DisposeAsync();
        await Core.DisposeAsync();
    }

    public static ServiceProvider NewInstance(CoreHost core, string? password = Password, bool enabled = true) => core.NewInstance(services =>
    {
        services.AddDemoData(core.Provider, core.ConnectionString);
        services.Configure<DemoOptions>(options => (options.Enabled, options.Password) = (enabled, password));
    });
}
