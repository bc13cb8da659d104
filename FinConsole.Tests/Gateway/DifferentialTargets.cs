using System.Collections.Concurrent;
using System.Text.Json;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Gateway;
using FinConsole.Web.Hosting.Configuration;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>
/// The same nasty request targets go through a real gateway, byte by byte, to APIs on three servers, with a token for accounts alone and
/// with one for payments alone. Whatever an API would serve must be what FinConsole evaluated: that resource and no other.
/// </summary>
public abstract class DifferentialTargets<TProgram>(DifferentialTargets<TProgram>.Console console) : IClassFixture<DifferentialTargets<TProgram>.Console>
    where TProgram : GatewayProgram, new()
{
    private const int Connections = 4;

    /// <summary>Without limits, and with the headers that the gateway forwards by.</summary>
    public sealed class Console : ApiConsole
    {
        protected override IEnumerable<(string Name, string Value)> Settings =>
        [
            .. new[] { "PerTokenPerMinute", "PerTenantPerMinute", "PerIpPerMinute" }.Select(name => ($"RateLimits:{name}", "0")),
            ("Gateway:Trusted:0", "127.0.0.1"), ("Gateway:Headers", new TProgram().Headers),
            ("Gateway:Resources:0", "accounts"), ("Gateway:Resources:1", "payments"),
        ];
    }

    [Fact]
    public async Task Whatever_an_API_would_serve_was_judged_as_that_path()
    {
        var wrong = new ConcurrentBag<string>();
        var serviceToken = (await console.MakeServiceTokenAsync("gateway")).Reveal();
        foreach (var resource in new[] { "accounts", "payments" })
        {
            var token = (await console.MakeTokenAsync("Only " + resource, "read:" + resource)).Secret.Reveal();
            var apis = await TargetApi.StartAllAsync();
            try
            {
                await Task.WhenAll(apis.Select(api => CompareAsync(new GatewayPeers(console.Address.Authority, api.Authority, serviceToken, Patient: true), resource, token, wrong)));
            }
            finally
            {
                foreach (var api in apis)
                    await api.DisposeAsync();
            }
        }

        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order(StringComparer.Ordinal).Take(40)));
    }

    private static async Task CompareAsync(GatewayPeers peers, string resource, string token, ConcurrentBag<string> wrong)
    {
        await using var gateway = await GatewayProgram.StartAsync<TProgram>(peers);
        var targets = new ConcurrentQueue<string>(NastyTargets.All);
        var passed = new ConcurrentDictionary<string, bool>();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new RawConnection(gateway.Address);
            while (targets.TryDequeue(out var target))
            {
                var answer = await connection.SendAsync("GET " + target, "X-Auth-Token: " + token);
                if (answer.Status != 200)
                    continue;
                passed[target] = true;
                foreach (var fault in Faults(target, answer.Body, resource))
                    wrong.Add($"{Shown(target)} with a token for {resource}: {fault}");
            }
        })));

        // Otherwise nothing would have been compared.
        foreach (var good in NastyTargets.Good.Where(target => resource == "accounts" && !passed.ContainsKey(target)))
            wrong.Add($"{good} did not get through");
        Assert.True(passed.Count > (resource == "accounts" ? 100 : 20), $"Only {passed.Count} got through.");
    }

    private static IEnumerable<string> Faults(string target, string body, string resource)
    {
        var settings = new KnownResources(new GatewaySettings { Resources = new HashSet<string> { "accounts", "payments" } });
        if (RequestedResource.Read(target, "GET", settings) is { } judged && judged.Name != resource)
            yield return $"the parser reads {judged.Name}";
        foreach (var reader in JsonDocument.Parse(body).RootElement.EnumerateObject())
        {
            if (reader.Value.GetString() is { } path && ResourceOf(path) != resource)
                yield return $"{reader.Name} serves {path}";
        }
    }

    // As a router reads it that is lenient where it can be.
    private static string ResourceOf(string path)
    {
        var segments = path.ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries);
        var name = segments.Length > 1 && segments[0].Length > 1 && segments[0][0] == 'v' && segments[0].Skip(1).All(char.IsAsciiDigit) ? segments[1] : segments.FirstOrDefault() ?? "";
        return name;
    }

    private static string Shown(string target) => JsonSerializer.Serialize(target);
}
