using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

/// <summary>The whole program, asked over HTTP by programs that signed in. Nobody is limited.</summary>
public class AccessWebConsole : WebConsole
{
    /// <summary>A member of Acme with everybody's password, behind the program's back.</summary>
    public async Task<(Guid Id, string Email)> NewMemberAsync(Role role)
    {
        var hash = Services.GetRequiredService<IPasswordHasher<ConsoleUser>>().HashPassword(null!, Password);
        await using var context = Services.GetRequiredService<ConsoleDb>().OpenForOperator();
        var tenant = await TenantIdAsync();
        var member = Services.GetRequiredService<NewMember>().Make(tenant, "Somebody", $"{Guid.NewGuid():N}@acme.example", role, hash);
        context.Add(member);
        await context.SaveChangesAsync();
        return (member.Id, member.Email!);
    }

    /// <summary>Acme.</summary>
    public async Task<Guid> TenantIdAsync()
    {
        await using var context = Services.GetRequiredService<ConsoleDb>().OpenForOperator();
        return await context.Set<Tenant>().Select(row => row.Id).SingleAsync();
    }

    /// <summary>A program that has signed in as a new member of this role.</summary>
    public async Task<SignedInProgram> NewProgramAsync(Role role) => await SignInProgramAsync((await NewMemberAsync(role)).Email);

    public async Task<SignedInProgram> SignInProgramAsync(string email, string? totp = null)
    {
        var program = Program();
        var answer = await program.PostAsJsonAsync("/api/v1/auth/login", new { email, password = Password, totp }, Stop);
        var body = await ReadAsync(answer, HttpStatusCode.OK);
        var access = body["accessToken"]!.GetValue<string>();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access);
        return new SignedInProgram(program, email, access, body["refreshToken"]!.GetValue<string>());
    }

    /// <summary>A client that carries a token of the tenant's with these scopes.</summary>
    public async Task<HttpClient> NewTokenAsync(params string[] scopes)
    {
        var (developer, cashier) = (await NewProgramAsync(Role.Developer), await NewMemberAsync(Role.Cashier));
        var body = new { name = $"Token {Guid.NewGuid():N}", environment = "development", expiry = "24h", scopes, cashier = new { email = cashier.Email, password = Password } };
        var made = await ReadAsync(await developer.Http.PostAsJsonAsync("/api/v1/tokens", body, Stop), HttpStatusCode.Created);
        var client = Program();
        client.DefaultRequestHeaders.Add("X-Auth-Token", made["secret"]!.GetValue<string>());
        return client;
    }

    /// <summary>A client without credentials.</summary>
    public HttpClient Program()
    {
        var client = Browser();
        client.DefaultRequestHeaders.UserAgent.ParseAdd("python-requests/2.32");
        return client;
    }

    /// <summary>The body of an answer that must have this status.</summary>
    public static async Task<JsonObject> ReadAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == status, $"{answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}");
        return (JsonObject)JsonNode.Parse(text)!;
    }

    /// <summary>A refusal, as problem details with this code.</summary>
    public static async Task<JsonObject> RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var problem = await ReadAsync(answer, status);
        Assert.Equal(("application/problem+json", code, (int)status), (answer.Content.Headers.ContentType?.MediaType, problem["code"]!.GetValue<string>(), problem["status"]!.GetValue<int>()));
        Assert.False(string.IsNullOrEmpty(problem["traceId"]!.GetValue<string>()));
        return problem;
    }

    /// <summary>An access token signed with the program's own key, for a session and a time of the test's choosing.</summary>
    public async Task<string> SignAsync(SignedInProgram program, DateTimeOffset issuedAt)
    {
        using var key = await Services.GetRequiredService<SigningKeys>().OpenAsync(Stop);
        var claims = AccessSteps.Part(new Secret(program.AccessToken), 1);
        var session = new ProgramSessionId(Id(claims, "sid"), Id(claims, "sub"), Id(claims, "tid"));
        return Services.GetRequiredService<AccessTokenWriter>().Write(key, session, Role.Developer, issuedAt).Reveal();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("RateLimits:SignInPerIpPerMinute", "0");
        builder.UseSetting("RateLimits:PerAccountPerMinute", "0");
        builder.UseSetting("RateLimits:PerTenantPerMinute", "0");
    }

    private static Guid Id(JsonObject claims, string name) => Guid.Parse(claims[name]!.GetValue<string>());
}

/// <summary>A client that carries its access token.</summary>
public sealed record SignedInProgram(HttpClient Http, string Email, string AccessToken, string RefreshToken);
