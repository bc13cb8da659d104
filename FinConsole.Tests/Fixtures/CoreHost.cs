using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FinConsole.Core;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Data.PostgreSql;
using FinConsole.Core.Data.Sqlite;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.Fixtures;

/// <summary>
/// All of Core over a database of its own: real services, a manual clock, cheap password hashing, no limit per address.
/// Nothing runs in the background; a test starts what it wants. Shared by a class: tests isolate themselves by tenants of their own.
/// </summary>
public abstract class CoreHost(DatabaseProvider provider) : IAsyncLifetime
{
    /// <summary>What its clock shows before a test moves it.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly byte[] PepperBytes = [.. Enumerable.Range(1, Pepper.Length).Select(number => (byte)number)];

    private static readonly Lazy<X509Certificate2> RingCertificate = new(MakeCertificate);
    private static readonly Lazy<byte[]> RingFile = new(() => RingCertificate.Value.Export(X509ContentType.Pkcs12));

    private readonly string _mailFolder = Path.Combine(Path.GetTempPath(), $"finconsole-mail-{Guid.NewGuid():N}");
    private bool _mailRuns;
    private TestDatabase? _database;
    private ServiceProvider? _services;

    public DatabaseProvider Provider { get; } = provider;

    public FakeTimeProvider Time { get; } = new(Start);

    public CountingHasher Hasher { get; } = new();

    public string ConnectionString => _database!.ConnectionString;

    public ConsoleDb Db => Get<ConsoleDb>();

    public IServiceProvider Services => _services!;

    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        _database = await Databases.NewAsync(Provider);
        _services = Build();
    }

    /// <summary>Lets the program send its emails, from the first call on, and reads them.</summary>
    public async Task<Mailbox> OpenMailboxAsync()
    {
        if (!_mailRuns)
            await Get<EmailQueue>().StartAsync(CancellationToken.None);
        _mailRuns = true;
        return new Mailbox(_mailFolder);
    }

    /// <summary>A second instance of the program on the same database and clock.</summary>
    public ServiceProvider NewInstance(Action<IServiceCollection>? configure = null) => Build(configure);

    /// <summary>Somebody who has the database, and even the pepper, but not the certificate that opens the key ring.</summary>
    public ServiceProvider NewThief()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time).AddFinConsoleCore(Provider, ConnectionString)
            .AddSingleton(new Pepper(PepperBytes)).AddSingleton(new ConsoleAddress(new Uri("https://console.example/")));
        services.AddDataProtection().SetApplicationName("FinConsole");
        return services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_mailRuns)
            await Get<EmailQueue>().StopAsync(CancellationToken.None);
        if (_services is not null)
            await _services.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        if (Directory.Exists(_mailFolder))
            Directory.Delete(_mailFolder, recursive: true);
    }

    /// <summary>Core as a host would put it together.</summary>
    internal static ServiceProvider BuildServices(DatabaseProvider provider, string connectionString, TimeProvider time, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time);
        services.AddFinConsoleCore(provider, connectionString);
        services.AddSingleton(new Pepper(PepperBytes));
        services.AddSingleton(new ConsoleAddress(new Uri("https://console.example/")));
        services.AddDataProtection().SetApplicationName("FinConsole").ProtectKeysWithCertificate(RingCertificate.Value);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = CountingHasher.Iterations);
        services.Configure<RateLimitOptions>(options => options.SignInPerIpPerMinute = 0);
        services.Configure<CountryOptions>(options => TestPlaces.AddTo(options.Places));
        // EF Core asks only once a second whether somebody listens to its commands: too late for a test that records queries.
        services.ConfigureDbContext<SqliteConsoleDbContext>(options => options.ConfigureLoggingCacheTime(TimeSpan.Zero));
        services.ConfigureDbContext<PostgreSqlConsoleDbContext>(options => options.ConfigureLoggingCacheTime(TimeSpan.Zero));
        configure?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    /// <summary>Writes the pepper that <see cref="Databases"/> are begun under, for a program that runs on one of them.</summary>
    internal static void WritePepper(string path)
    {
        File.WriteAllText(path, Convert.ToBase64String(PepperBytes));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Writes a certificate for a key ring, the same for all: to make one takes half a second of a core.</summary>
    internal static void WriteRingCertificate(string path)
    {
        File.WriteAllBytes(path, RingFile.Value);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=Key ring", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private ServiceProvider Build(Action<IServiceCollection>? configure = null) => BuildServices(Provider, ConnectionString, Time, services =>
    {
        services.AddSingleton<IPasswordHasher<ConsoleUser>>(Hasher);
        services.AddSingleton<KeyPairs, StockedKeyPairs>();
        services.Configure<EmailOptions>(options => options.PickupDirectory = _mailFolder);
        configure?.Invoke(services);
    });
}

/// <summary>Core on SQLite.</summary>
public sealed class SqliteCore() : CoreHost(DatabaseProvider.Sqlite);

/// <summary>Core on PostgreSQL.</summary>
public sealed class PostgreSqlCore() : CoreHost(DatabaseProvider.PostgreSql);

/// <summary>Core on SQL Server, where there is one; tests skip themselves otherwise.</summary>
public sealed class SqlServerCore() : CoreHost(DatabaseProvider.SqlServer);
