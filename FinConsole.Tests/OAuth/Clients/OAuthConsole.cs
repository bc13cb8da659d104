using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Gateway;
using FinConsole.Tests.SignIn.AccessTokens;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.OAuth.Clients;

/// <summary>The whole program, whose public address is where it listens: all that a library is told is that address.</summary>
public sealed class OAuthConsole : ApiConsole
{
    private readonly int _port = GatewayProgram.FreePort();

    /// <summary>As access tokens spell it.</summary>
    public string Issuer => $"http://127.0.0.1:{_port}";

    public string Audience => Issuer + "/api/v1";

    protected override int Port => _port;

    protected override IEnumerable<(string Name, string Value)> Settings =>
        [("Console:PublicUrl", Issuer + "/"), ("RateLimits:PerIpPerMinute", "0"), ("RateLimits:PerAccountPerMinute", "0"), ("RateLimits:PerTenantPerMinute", "0")];

    /// <summary>Signs the tenant's developer in as a program.</summary>
    public async Task<IssuedAccess> SignInAsync()
    {
        var issued = await Services.GetRequiredService<SignInProgram>().HandleAsync(Tenant.Developer.Email, TestMember.Secret, new Secret(""), AccessSteps.Program, Stop);
        Assert.True(issued.Succeeded, issued.Error?.ToString());
        return issued.Value;
    }

    /// <summary>Whether this server itself still takes a token.</summary>
    public async Task<bool> TakesAsync(string token)
    {
        using var answer = await Api.SendAsync(ApiConsole.Get("/api/v1/whoami", ("Authorization", "Bearer " + token)), Stop);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Tokens that a verifier has to refuse, each with its fault. All but two of them are signed with the right key.</summary>
    public async Task<IReadOnlyList<(string Fault, string Token)>> BadTokensAsync(Secret good)
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = await Services.GetRequiredService<SigningKeys>().OpenAsync(Stop);
        var (header, claims, parts) = (AccessSteps.Part(good, 0), AccessSteps.Part(good, 1), good.Reveal().Split('.'));
        var session = new ProgramSessionId(Guid.Parse((string)claims["sid"]!), Guid.Parse((string)claims["sub"]!), Guid.Parse((string)claims["tid"]!));
        return
        [
            ("expired", Services.GetRequiredService<AccessTokenWriter>().Write(key, session, Role.Developer, DateTimeOffset.UtcNow.AddHours(-2)).Reveal()),
            ("changed", $"{parts[0]}.{AccessSteps.Encode(With(claims, "role", "admin"))}.{parts[2]}"),
            ("for another API", Sign(header, With(claims, "aud", "https://elsewhere.example/"), key.Ecdsa)),
            ("of another issuer", Sign(header, With(claims, "iss", Issuer + "/"), key.Ecdsa)),
            ("of another type", Sign(With(header, "typ", "JWT"), claims, key.Ecdsa)),
            ("signed by somebody else under the right key's name", Sign(header, claims, foreign)),
            ("by an unknown key", Sign(With(header, "kid", Guid.NewGuid().ToString()), claims, key.Ecdsa)),
            ("no JWT", (await MakeTokenAsync($"Opaque {Guid.NewGuid():N}")).Secret.Reveal()),
        ];
    }

    private static JsonObject With(JsonObject part, string name, string value)
    {
        var changed = (JsonObject)part.DeepClone();
        changed[name] = value;
        return changed;
    }

    private static string Sign(JsonObject header, JsonObject claims, ECDsa key)
    {
        var text = $"{AccessSteps.Encode(header)}.{AccessSteps.Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }
}
