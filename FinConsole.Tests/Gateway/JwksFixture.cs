using System.Buffers.Text;
using System.Text.Json;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>A gateway that verifies members' access tokens by FinConsole's public keys, before an API.</summary>
public sealed class JwksFixture<TProgram> : IAsyncLifetime
    where TProgram : GatewayProgram, new()
{
    public ApiConsole Console { get; } = new();

    public GatewayApi Api { get; private set; } = null!;

    public TProgram Program { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Console.InitializeAsync();
        Api = await GatewayApi.StartAsync();
        Program = await StartAnotherAsync(Console.Address.Authority, patient: true);
        Client = new HttpClient { BaseAddress = Program.Address };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Program.DisposeAsync();
        await Api.DisposeAsync();
        await Console.DisposeAsync();
    }

    /// <summary>One more gateway of the kind, before the same API and with another server for the keys.</summary>
    public async Task<TProgram> StartAnotherAsync(string finConsole, bool patient = false)
    {
        var (_, header) = await Console.SignInAsync(Console.Tenant.Developer);
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(header.Split('.')[1]));
        var (issuer, audience) = (claims.RootElement.GetProperty("iss").GetString()!, claims.RootElement.GetProperty("aud").GetString()!);
        var peers = new GatewayPeers(finConsole, Api.Authority, Patient: patient, Issuer: issuer, Audience: audience);
        return await GatewayProgram.StartAsync<TProgram>(peers);
    }
}
