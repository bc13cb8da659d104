using System.Net.Http.Json;
using System.Text.Json;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.ServiceTokens;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Tests.ApiTokens;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Fixtures;

/// <summary>
/// The whole program on a port of its own, as servers call it: one tenant with a member of each role. Whoever connects is believed to be a
/// proxy, so that a test may come from any address.
/// </summary>
public class ApiConsole : WebConsole
{
    public TestTenant Tenant { get; private set; } = null!;

    /// <summary>Sends nothing of its own; keeps connections, like a server.</summary>
    public HttpClient Api { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>Where it listens; 0 for any free port.</summary>
    protected virtual int Port => 0;

    /// <summary>Settings beside the usual ones.</summary>
    protected virtual IEnumerable<(string Name, string Value)> Settings => [];

    public override async ValueTask InitializeAsync()
    {
        UseKestrel(Port);
        StartServer();
        Address = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
        Api = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        Tenant = await NewTenantAsync();
    }

    /// <summary>A tenant with an encryption key, as every tenant has one.</summary>
    public async Task<TestTenant> NewTenantAsync()
    {
        var tenant = await TestTenants.NewTenantAsync(Services);
        var key = await Services.GetRequiredService<KeyPairs>().MakeAsync(tenant.Id, Stop);
        await using var db = Services.GetRequiredService<ConsoleDb>().Open(tenant.Id);
        db.Add(key);
        await db.SaveChangesAsync(Stop);
        return tenant;
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Api.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>Makes a token that is live at once.</summary>
    public Task<NewApiToken> MakeTokenAsync(string name, params string[] scopes) => MakeTokenAsync(Tenant, name, "", scopes);

    public async Task<NewApiToken> MakeTokenAsync(TestTenant tenant, string name, string allowlist, params string[] scopes)
    {
        var request = TokenSteps.RequestFor(tenant, name) with { Allowlist = allowlist, Scopes = scopes.Length == 0 ? ["read:*"] : scopes, Handover = TokenHandover.Immediate };
        var made = await Services.GetRequiredService<CreateApiToken>().HandleAsync(request, tenant.Developer.Actor, Stop);
        Assert.True(made.Succeeded, made.Error?.ToString());
        return made.Value;
    }

    /// <summary>Signs a member in as a program; returns the header that their requests carry.</summary>
    public async Task<(string Name, string Value)> SignInAsync(TestMember member)
    {
        var origin = TestTenants.Origin with { CorrelationId = "sign-in" };
        var issued = await Services.GetRequiredService<SignInProgram>().HandleAsync(member.Email, TestMember.Secret, new Secret(""), origin, Stop);
        Assert.True(issued.Succeeded, issued.Error?.ToString());
        return ("Authorization", "Bearer " + issued.Value.AccessToken.Reveal());
    }

    /// <summary>Sends a request and reads its JSON answer; undefined for an empty one.</summary>
    public async Task<(HttpResponseMessage Answer, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        var answer = await Api.SendAsync(Request(method, path, body, headers), Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return (answer, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Makes a service token, as the command line does.</summary>
    public async Task<Secret> MakeServiceTokenAsync(string name)
    {
        var made = await Services.GetRequiredService<AddServiceToken>().HandleAsync(name, null, Stop);
        Assert.True(made.Succeeded, made.Error?.ToString());
        return new Secret(made.Value.Secret.Reveal());
    }

    public static HttpRequestMessage Get(string path, params (string Name, string Value)[] headers) => Request(HttpMethod.Get, path, null, headers);

    public static HttpRequestMessage Request(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = body as HttpContent ?? JsonContent.Create(body);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Proxies:Trusted:0", "127.0.0.1");
        builder.UseSetting("RateLimits:SignInPerIpPerMinute", "0");
        foreach (var (name, value) in Settings)
            builder.UseSetting(name, value);
    }
}
