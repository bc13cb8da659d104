using System.Data.Common;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data.Sqlite;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Tests.Hosting.Api.Refusals;

/// <summary>A route that is described, and what it declares that it refuses.</summary>
internal sealed record ProvokedRoute(DescribedOperation Described, ApiAccess Access, IReadOnlyList<ApiProblem> Declared)
{
    public string Name => Described.Json.GetProperty("operationId").GetString()!;
}

/// <summary>The whole program, whose database is unavailable and whose code fails whenever a test says so. One search a tenant, and nobody waits.</summary>
public sealed class ProvokingConsole : ApiConsole
{
    /// <summary>A request with this header meets a bug.</summary>
    public const string BugHeader = "X-Test-Bug";

    /// <summary>A request with this header meets an audit log that takes no entry.</summary>
    public const string BrokenChainHeader = "X-Test-Broken-Chain";

    private readonly AbsentDatabase _database = new();
    private IReadOnlyList<ProvokedRoute> _routes = [];

    public ApiDescription Description { get; private set; } = null!;

    public bool DatabaseIsAway
    {
        get => _database.IsAway;
        set => _database.IsAway = value;
    }

    protected override IEnumerable<(string Name, string Value)> Settings =>
    [
        ("RateLimits:PerTokenPerMinute", "0"), ("RateLimits:PerTenantPerMinute", "0"), ("RateLimits:PerAccountPerMinute", "0"),
        ("RateLimits:SignInPerIpPerMinute", "200"), ("Scans:PerTenant", "1"), ("Scans:LongestWait", "00:00:00"),
    ];

    /// <summary>All that say how they refuse. Gateways read the status of <c>authorize</c> alone, and it declares nothing.</summary>
    internal IReadOnlyList<ProvokedRoute> Routes => _routes;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Description = await ApiDescription.ReadAsync(this);
        _routes =
        [
            .. from route in Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
               let access = route.Metadata.GetMetadata<ApiAccess>()
               let name = route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName
               where access is not null && name is not null && route.Metadata.GetMetadata<NeverNegotiates>() is null
               let described = Description.Operations.Single(each => each.Json.GetProperty("operationId").GetString() == name)
               select new ProvokedRoute(described, access, [.. route.Metadata.GetOrderedMetadata<DeclaredRefusal>().Select(declared => declared.Problem)]),
        ];
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services
            .AddSingleton<IStartupFilter, Bugs>()
            .ConfigureDbContext<SqliteConsoleDbContext>(options => options.AddInterceptors(_database)));
    }

    private sealed class AbsentDatabase : DbCommandInterceptor, IDbConnectionInterceptor
    {
        public bool IsAway { get; set; }

        // Not every statement is EF Core's, and every one needs a connection.
        public ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(IsAway ? throw Away() : result);

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => ValueTask.FromResult(Pass(result));

        public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => ValueTask.FromResult(Pass(result));

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Pass(result));

        private InterceptionResult<T> Pass<T>(InterceptionResult<T> result) => IsAway ? throw Away() : result;

        private static SqliteException Away() => new("unable to open database file", 14);
    }

    // Where every route passes: the size of its body is limited.
    private sealed class Bugs : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                if (http.Request.Headers.ContainsKey(BugHeader))
                    http.Features.Set<IHttpMaxRequestBodySizeFeature>(new Bug(new InvalidOperationException("A bug.")));
                if (http.Request.Headers.ContainsKey(BrokenChainHeader))
                    http.Features.Set<IHttpMaxRequestBodySizeFeature>(new Bug(new AuditChainBrokenException("A broken chain.")));
                return rest(http);
            });
            next(app);
        };
    }

    private sealed class Bug(Exception failure) : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize
        {
            get => null;
            set => throw failure;
        }
    }
}
