using System.Globalization;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>A real gateway with its documented configuration, between a client and an API, with FinConsole beside it.</summary>
public class GatewayFixture<TProgram> : IAsyncLifetime
    where TProgram : GatewayProgram, new()
{
    public const int PerToken = 20;

    private string _serviceToken = "";

    public GuardedConsole Console { get; } = new(new TProgram().Headers);

    public GatewayApi Api { get; private set; } = null!;

    public TProgram Program { get; private set; } = null!;

    /// <summary>What the outside world sends with, in cleartext.</summary>
    public HttpClient Client { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        await Console.InitializeAsync();
        Api = await GatewayApi.StartAsync();
        _serviceToken = (await Console.MakeServiceTokenAsync("gateway")).Reveal();
        Program = await StartAnotherAsync(Console.Address.Authority, patient: true);
        Client = ClientOf(Program);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Client.Dispose();
        await Program.DisposeAsync();
        await Api.DisposeAsync();
        await Console.DisposeAsync();
    }

    /// <summary>One more gateway of the kind, before the same API and beside another FinConsole.</summary>
    public Task<TProgram> StartAnotherAsync(string finConsole, bool patient = false) =>
        GatewayProgram.StartAsync<TProgram>(new GatewayPeers(finConsole, Api.Authority, _serviceToken, patient));

    /// <summary>A client of a gateway: follows nothing and keeps nothing.</summary>
    public static HttpClient ClientOf(TProgram program)
    {
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, SslOptions = TestCertificate.Trusting() };
        return new HttpClient(handler) { BaseAddress = program.Address };
    }

    /// <summary>Asked by a gateway on this machine.</summary>
    public sealed class GuardedConsole(string headers) : ApiConsole
    {
        protected override IEnumerable<(string Name, string Value)> Settings =>
        [
            ("RateLimits:PerTokenPerMinute", PerToken.ToString(CultureInfo.InvariantCulture)),
            ("Gateway:Trusted:0", "127.0.0.1"),
            ("Gateway:Headers", headers),
        ];
    }
}
