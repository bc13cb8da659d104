using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.Hosting.Circuits;

public sealed class RefusedOriginsTests : IDisposable
{
    private readonly CollectedLogs _logs = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LoggerFactory _factory;
    private readonly RefusedOrigins _refused;

    public RefusedOriginsTests()
    {
        _factory = new LoggerFactory([_logs]);
        _refused = new RefusedOrigins(_time, _factory.CreateLogger<RefusedOrigins>());
    }

    public void Dispose() => _factory.Dispose();

    [Fact]
    public void A_refused_origin_is_logged_with_the_settings_that_would_allow_it()
    {
        _refused.Note(From("https://other.example:8443"));

        var entry = Assert.Single(_logs.Entries);
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Contains("\"https://other.example:8443\"", entry.Message, StringComparison.Ordinal);
        Assert.Contains("Console:PublicUrl", entry.Message, StringComparison.Ordinal);
        Assert.Contains("Console:AllowedOrigins", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_refusals_write_one_line_a_minute()
    {
        for (var second = 0; second < 60; second++)
        {
            _refused.Note(From($"https://{second}.example"));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _refused.Note(From("https://next.example"));

        Assert.Equal(2, _logs.Entries.Count);
        Assert.Contains("https://next.example", _logs.Entries.Last().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_origin_is_cut()
    {
        _refused.Note(From(new string('x', 5000)));

        Assert.DoesNotContain(new string('x', 201), Assert.Single(_logs.Entries).Message, StringComparison.Ordinal);
    }

    private static HttpRequest From(string origin) => new DefaultHttpContext { Request = { Headers = { Origin = origin } } }.Request;
}
