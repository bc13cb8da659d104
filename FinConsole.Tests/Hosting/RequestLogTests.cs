using System.Collections.Concurrent;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>What log lines of a request say of it, with their scopes, while the database fails every request.</summary>
public sealed class RequestLogTests(RequestLogTests.FailingConsole console) : IClassFixture<RequestLogTests.FailingConsole>
{
    private static readonly string Token = ApiTokenSecret.Generate(TokenEnvironment.Production).Reveal();

    [Theory]
    [InlineData("/")]
    [InlineData("/tokens/")]
    public async Task Are_its_id_as_the_client_was_told_it_and_nothing_of_its_address_or_headers(string path)
    {
        console.Logged.Clear();

        var response = await console.SignedIn.GetAsync(path + Token, ("User-Agent", $"curl {Token}"), ("Referer", Token), ("X-Request-Id", Token), ("Authorization", $"Bearer {Token}"));

        Assert.InRange((int)response.StatusCode, 400, 599);
        var id = Assert.Single(response.Headers.GetValues("X-Request-Id"));
        Assert.DoesNotContain("fc_prd", id, StringComparison.Ordinal);
        Assert.NotEmpty(console.Logged);
        Assert.All(console.Logged, line => Assert.DoesNotContain(Token[7..], line.All, StringComparison.Ordinal));
        Assert.All(console.Logged.Where(line => line.RequestIds.Count > 0), line => Assert.Equal([id], line.RequestIds));
        Assert.Contains(console.Logged, line => line is { Level: >= LogLevel.Error, RequestIds.Count: 1 });
    }

    /// <summary>A console whose sessions cannot be read, after somebody signed in.</summary>
    public sealed class FailingConsole : ApiConsole
    {
        private readonly ScopedLogs _logs = new();

        internal RawBrowser SignedIn { get; private set; } = null!;

        internal ConcurrentQueue<LoggedLine> Logged => _logs.Lines;

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            SignedIn = new RawBrowser(Address);
            await SignedIn.SignInAsync(Tenant.Developer);
            await using var db = Services.GetRequiredService<ConsoleDb>().OpenForOperator();
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"MemberSessions\" RENAME TO \"SessionsAway\"", Stop);
        }

        public override async ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            SignedIn.Dispose();
            await base.DisposeAsync();
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureLogging(logging => logging.AddProvider(_logs));
        }
    }

    /// <summary>A log line as it would be written, with all scopes.</summary>
    internal sealed record LoggedLine(LogLevel Level, string All, IReadOnlyList<string> RequestIds);

    private sealed class ScopedLogs : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<LoggedLine> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(this);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Logger(ScopedLogs logs) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => logs._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var (texts, ids) = (new List<string> { formatter(state, exception), exception?.ToString() ?? "" }, new List<string>());
                logs._scopes.ForEachScope((scope, _) =>
                {
                    var pairs = scope as IEnumerable<KeyValuePair<string, object?>> ?? [];
                    texts.AddRange(pairs.Select(pair => $"{pair.Key}={pair.Value}").Append($"{scope}"));
                    ids.AddRange(pairs.Where(pair => pair.Key == "RequestId").Select(pair => $"{pair.Value}"));
                }, 0);
                logs.Lines.Enqueue(new LoggedLine(logLevel, string.Join('\n', texts), ids));
            }
        }
    }
}
