using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>Through nginx.</summary>
public sealed class NginxTargetsTests(DifferentialTargets<NginxProgram>.Console console) : DifferentialTargets<NginxProgram>(console);

/// <summary>Through Caddy.</summary>
public sealed class CaddyTargetsTests(DifferentialTargets<CaddyProgram>.Console console) : DifferentialTargets<CaddyProgram>(console);

/// <summary>Through HAProxy.</summary>
public sealed class HaproxyTargetsTests(DifferentialTargets<HaproxyProgram>.Console console) : DifferentialTargets<HaproxyProgram>(console);

/// <summary>Through Apache, which introspects the token and evaluates path and scope itself.</summary>
public sealed class ApacheTargetsTests(DifferentialTargets<ApacheOauth2Program>.Console console) : DifferentialTargets<ApacheOauth2Program>(console);

/// <summary>Whatever headers a client sends through nginx, its request is let through or refused as its token says.</summary>
public sealed class NginxHeadersTests(DifferentialTargets<NginxProgram>.Console console) : IClassFixture<DifferentialTargets<NginxProgram>.Console>
{
    [Fact]
    public async Task Whatever_a_browser_an_SDK_or_a_CDN_sends_the_token_decides()
    {
        await using var api = await TargetApi.StartNodeAsync();
        await using var nginx = await GatewayProgram.StartAsync<NginxProgram>(new GatewayPeers(console.Address.Authority, api.Authority, Patient: true));
        var good = "X-Auth-Token: " + (await console.MakeTokenAsync("Any headers", "read:accounts")).Secret.Reveal();
        using var connection = new RawConnection(nginx.Address);
        string[][] sent =
        [
            .. ClientHeaders.All.Concat(ClientHeaders.OfConnections).Select(header => new[] { header }),
            [.. ClientHeaders.All.DistinctBy(header => header.Split(':')[0], StringComparer.OrdinalIgnoreCase)],
            [.. Enumerable.Range(0, 300).Select(number => $"X-Number-{number}: {number}")],
        ];
        foreach (var headers in sent)
        {
            foreach (var (credential, target, status) in new[] { (good, "/v1/accounts", 200), (good, "/v1/payments", 403), ("X-Auth-Token: junk", "/v1/accounts", 401), ("X-Nothing: 1", "/v1/accounts", 401) })
            {
                var answer = await connection.SendAsync("GET " + target, [credential, .. headers]);
                Assert.True(status == answer.Status, $"{answer.Status} and not {status} with {string.Join(" | ", headers.Take(3))}");
            }
        }
    }
}
