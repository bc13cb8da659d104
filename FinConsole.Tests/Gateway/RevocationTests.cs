using System.Diagnostics;
using System.Net;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.Data;
using FinConsole.Core.Onboarding;
using FinConsole.Core.Team;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>
/// Two instances over one PostgreSQL, sixty-four connections that never stop asking: nothing is accepted by the instance that
/// acknowledged a refusal, and nothing by the other one a second later.
/// </summary>
[Collection(Alone.Name)]
public sealed class RevocationTests(RevocationTests.Pair pair) : IClassFixture<RevocationTests.Pair>
{
    private const int ConnectionsEach = 32;
    private const int AcceptedBefore = 256;
    private const int AskedLate = 20;
    private static readonly TimeSpan Exposure = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Ways => ["invalidated", "disabled", "cashier deactivated", "allowlist changed", "tenant closed"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Nothing_is_accepted_after_the_acknowledgement(string way)
    {
        var services = pair.Here.Services;
        var tenant = await TestTenants.NewTenantAsync(services);
        var made = await pair.Here.MakeTokenAsync(tenant, "Hammered", "", "read:*");
        await WaitUntilAcceptedAsync(pair.There, made.Secret);
        var watch = Stopwatch.StartNew();
        var (acknowledged, accepted) = (long.MaxValue, 0);
        var warm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hammers = Enumerable.Range(0, ConnectionsEach * 2).Select(number => Task.Run(async () =>
        {
            var (console, exposure) = number % 2 == 0 ? (pair.Here, TimeSpan.Zero) : (pair.There, Exposure);
            var (asked, late) = (0, 0);
            while (asked < AskedLate)
            {
                var tooLate = watch.Elapsed.Ticks > Math.Min(Volatile.Read(ref acknowledged), long.MaxValue / 2) + exposure.Ticks;
                var good = await AskAsync(console, made.Secret) == HttpStatusCode.OK;
                asked += tooLate ? 1 : 0;
                late += good && tooLate ? 1 : 0;
                if (good && Interlocked.Increment(ref accepted) == AcceptedBefore)
                    warm.SetResult();
            }

            return late;
        })).ToList();
        await warm.Task.WaitAsync(Stop);

        await RefuseAsync(services, tenant, made.Token.Id, way);
        Volatile.Write(ref acknowledged, watch.Elapsed.Ticks);

        // Each goes on until it has asked twenty times when it must be refused.
        Assert.Equal(0, (await Task.WhenAll(hammers)).Sum());
        Assert.NotEqual(HttpStatusCode.OK, await AskAsync(pair.There, made.Secret));
    }

    private static async Task RefuseAsync(IServiceProvider services, TestTenant tenant, Guid id, string way)
    {
        var (developer, admin) = (tenant.Developer.Actor, tenant.Admin.Actor);
        var error = way switch
        {
            "invalidated" => (await services.GetRequiredService<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(id, InvalidationReason.Compromised, null), developer, Stop)).Error,
            "disabled" => (await services.GetRequiredService<SetTokenDisabled>().HandleAsync(id, true, developer, Stop)).Error,
            "allowlist changed" => (await services.GetRequiredService<EditApiToken>().HandleAsync(new EditApiTokenRequest(id, Allowlist: "192.0.2.1"), developer, Stop)).Error,
            "cashier deactivated" => (await services.GetRequiredService<DeactivateMember>().HandleAsync(tenant.Cashier.Id, admin, Stop)).Error,
            _ => (await services.GetRequiredService<CloseTenant>().HandleAsync(tenant.Name, Stop)).Error,
        };
        Assert.Null(error);
    }

    private static async Task WaitUntilAcceptedAsync(ApiConsole console, ApiTokenSecret secret)
    {
        while (await AskAsync(console, secret) != HttpStatusCode.OK)
            Stop.ThrowIfCancellationRequested();
    }

    private static async Task<HttpStatusCode> AskAsync(ApiConsole console, ApiTokenSecret secret)
    {
        using var request = ApiConsole.Get("/api/v1/authorize", ("X-Auth-Token", secret.Reveal()), ("X-Original-URI", "/payments"), ("X-Original-Method", "GET"));
        using var answer = await console.Api.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    /// <summary>Two instances that share a database, a pepper and a key ring.</summary>
    public sealed class Pair : IAsyncLifetime
    {
        private readonly DirectoryInfo _secrets = Directory.CreateTempSubdirectory("finconsole-pair-");
        private TestDatabase? _database;

        public ApiConsole Here { get; private set; } = null!;

        public ApiConsole There { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _database = await Databases.NewAsync(DatabaseProvider.PostgreSql);
            // The database was begun under this pepper, and takes no other.
            CoreHost.WritePepper(Path.Combine(_secrets.FullName, "pepper"));
            Here = new Instance(_database.ConnectionString, _secrets.FullName);
            await Here.InitializeAsync();
            There = new Instance(_database.ConnectionString, _secrets.FullName);
            await There.InitializeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Here.DisposeAsync();
            await There.DisposeAsync();
            await _database!.DisposeAsync();
            _secrets.Delete(recursive: true);
        }
    }

    private sealed class Instance(string connectionString, string secrets) : ApiConsole
    {
        protected override IEnumerable<(string Name, string Value)> Settings =>
        [
            ("Database:Provider", "PostgreSql"),
            ("ConnectionStrings:FinConsole", connectionString),
            ("Pepper:File", Path.Combine(secrets, "pepper")),
            ("KeyRing:CertificateFile", Path.Combine(secrets, "keyring.pfx")),
            ("RateLimits:PerTokenPerMinute", "0"),
            ("RateLimits:PerTenantPerMinute", "0"),
        ];
    }
}
