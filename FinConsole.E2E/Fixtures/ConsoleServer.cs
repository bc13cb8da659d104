using System.Diagnostics;
using FinConsole.Core.Data.Sqlite;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.E2E.Fixtures;

/// <summary>
/// The real program, in process, on a port that Kestrel chose: Development, with demo data, everything it writes in a folder of
/// its own. Shared by all tests; those that change things do so in tenants of their own.
/// </summary>
public class ConsoleServer : WebApplicationFactory<Program>, IAsyncLifetime
{
    /// <summary>Where the console believes to be reached, so that links in emails show whether it trusted a Host header.</summary>
    public const string PublicUrl = "https://console.example/";

    private readonly string _folder = Directory.CreateTempSubdirectory("finconsole-e2e-").FullName;
    private Uri? _address;

    public Uri Address => _address!;

    public LogKeeper Log { get; } = new();

    public string DatabaseFile => Path.Combine(_folder, "finconsole.db");

    public Mailbox Mailbox => new(Path.Combine(_folder, "mail"));

    public string DemoPassword => Get<IConfiguration>()["Demo:Password"]!;

    private Dictionary<string, string> Settings => new()
    {
        ["ConnectionStrings:FinConsole"] = $"Data Source=\"{DatabaseFile}\"",
        ["Pepper:File"] = Path.Combine(_folder, "pepper"),
        ["KeyRing:CertificateFile"] = Path.Combine(_folder, "keyring.pfx"),
        ["Mail:PickupDirectory"] = Path.Combine(_folder, "mail"),
        ["Console:PublicUrl"] = PublicUrl,
        // Browsers here are their own proxy, so that a test can say from where one comes.
        ["Proxies:Trusted:0"] = "127.0.0.1",
        ["Proxies:Trusted:1"] = "::1",
    };

    protected virtual bool WithDemoData => true;

    protected virtual int SignInsPerMinute => 0;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Runs the program's command line over this console's database; answers what it printed.</summary>
    public async Task<string> RunCommandAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "FinConsole.Web.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        Assert.Equal((0, ""), (process.ExitCode, await errors));
        return await output;
    }

    public ValueTask InitializeAsync()
    {
        UseKestrel(0);
        StartServer();
        var bound = new Uri(Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        // Browsers keep Secure cookies of plain http for "localhost" alone.
        _address = new UriBuilder(bound) { Host = "localhost" }.Uri;
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        foreach (var (name, value) in Settings)
            builder.UseSetting(name, value);
        builder.UseSetting("RateLimits:SignInPerIpPerMinute", SignInsPerMinute.ToString(System.Globalization.CultureInfo.InvariantCulture));
        builder.UseSetting("Demo:Enabled", WithDemoData ? "true" : "false");
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        // EF Core asks only once a second whether somebody listens to its commands: too late for a test that holds the next one.
        builder.ConfigureServices(services =>
            services.ConfigureDbContext<SqliteConsoleDbContext>(options => options.ConfigureLoggingCacheTime(TimeSpan.Zero)));
        // Passwords are many here, and their real cost is a good part of a second of a core each.
        builder.ConfigureTestServices(services => services
            .AddSingleton<KeyPairs, StockedKeyPairs>()
            .Configure<PasswordHasherOptions>(options => options.IterationCount = 1000));
    }
}
