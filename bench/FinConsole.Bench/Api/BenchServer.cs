using System.Globalization;
using FinConsole.Core;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.ServiceTokens;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.Tenants;
using FinConsole.Web;
using FinConsole.Web.Gateway;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Api;
using FinConsole.Web.Hosting.Configuration;
using FinConsole.Web.Hosting.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Bench.Api;

/// <summary>
/// The server that is measured, as a process of its own: the program's API branch, and beside it what it is compared with: the same
/// endpoint open to everybody, behind ASP.NET's own authentication and authorization, and behind a query for each request.
/// </summary>
internal static class BenchServer
{
    private static readonly byte[] Answer = """{"accounts":[{"id":"0199c0de-0000-7000-8000-000000000000","currency":"EUR","balance":"1042.17"}]}"""u8.ToArray();

    public static async Task RunAsync(DatabaseProvider provider, string connectionString)
    {
        var builder = WebApplication.CreateBuilder();
        // Standard output says where it listens, and nothing else.
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        AddServices(builder, provider, connectionString);
        await using var app = builder.Build();
        app.UseRequestIds();
        app.UseGatewayAddress();
        app.UseSecurityHeaders();
        app.UseApi();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapApi();
        app.MapGet("/api/v1/bench/open", (Delegate)Serve).Allow(ApiAccess.Anonymous);
        app.MapGet("/api/v1/bench/checked", (Delegate)Serve).Allow(ApiAccess.Member(Permission.ReadUsage).OrScope("read:usage"));
        // What keeps a request out of the counts, as a gateway's question about it is.
        app.MapGet("/api/v1/bench/uncounted", (Delegate)ServeUncounted).Allow(ApiAccess.Member(Permission.ReadUsage).OrScope("read:usage"));
        app.MapGet("/stock", Serve).RequireAuthorization(policy => policy.AddAuthenticationSchemes(StockHandler.Scheme).RequireClaim("scope", "read:usage"));
        app.MapGet("/ef", ServeByQueryAsync).AllowAnonymous();

        var watch = System.Diagnostics.Stopwatch.StartNew();
        await app.Services.GetRequiredService<TokenIndex>().LoadAsync(CancellationToken.None);
        var ready = watch.Elapsed;
        await app.Services.GetRequiredService<OperatorChain>().EnsureAsync(CancellationToken.None);
        var service = await app.Services.GetRequiredService<AddServiceToken>().HandleAsync($"bench {Environment.ProcessId}", null, CancellationToken.None);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        GC.Collect();
        Console.WriteLine(string.Join(' ', address, service.Value!.Secret.Reveal(), ready.TotalMilliseconds.ToString(CultureInfo.InvariantCulture), GC.GetTotalMemory(true)));
        await app.WaitForShutdownAsync();
    }

    private static void AddServices(WebApplicationBuilder builder, DatabaseProvider provider, string connectionString)
    {
        var services = builder.Services;
        services.AddFinConsoleCore(provider, connectionString);
        services.AddSingleton(new Pepper([.. Enumerable.Range(1, Pepper.Length).Select(number => (byte)number)]));
        services.AddSingleton(new ConsoleAddress(new Uri("https://console.example/")));
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.Configure<RateLimitOptions>(limits => (limits.PerTokenPerMinute, limits.PerTenantPerMinute, limits.PerIpPerMinute, limits.PerAccountPerMinute) = (int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue));
        services.Configure<GatewaySettings>(gateway => gateway.Gateways = [new(new System.Net.IPNetwork(System.Net.IPAddress.Loopback, 32), GatewayHeaders.Original)]);
        builder.AddConsoleWeb();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, StockHandler>(StockHandler.Scheme, null);
    }

    private static Task Serve(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Answer.Length;
        return http.Response.Body.WriteAsync(Answer).AsTask();
    }

    private static Task ServeUncounted(HttpContext http)
    {
        http.Features.Set<TokenEntry>(null);
        return Serve(http);
    }

    // What a straightforward program does: look the token up for each request, with all that decides about it.
    private static async Task ServeByQueryAsync(HttpContext http, ConsoleDb db, TokenLookup lookup, TimeProvider time)
    {
        var now = time.GetUtcNow();
        await using var context = db.OpenForOperator();
        var found = false;
        if (ApiTokenSecret.TryParse(http.Request.Headers["X-Auth-Token"], out var secret))
        {
            var key = lookup.KeyOf(secret!);
            var row = await (
                from token in context.Set<ApiToken>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).AsNoTracking()
                join member in context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]) on token.CashierId equals member.Id
                join tenant in context.Set<Tenant>() on token.TenantId equals tenant.Id
                where token.LookupKey == key && token.EndedAt == null && token.ExpiresAt > now && member.DeactivatedAt == null && tenant.ClosedAt == null
                select new { token.Id, token.Scopes, token.Allowlist }).SingleOrDefaultAsync(http.RequestAborted);
            found = row is not null && TokenScopes.Covers(TokenScopes.Split(row.Scopes), "read:usage") && AddressRules.Of(row.Allowlist)!.Allows(http.Connection.RemoteIpAddress);
        }

        if (found)
            await Serve(http);
        else
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
    }
}
