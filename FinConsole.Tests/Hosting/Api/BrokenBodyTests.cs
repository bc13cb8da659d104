using System.Net.Sockets;
using System.Text;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>Bodies that end or break before they are whole, byte by byte: no 500, and no error in the log.</summary>
public sealed class BrokenBodyTests(BrokenBodyTests.Console console) : IClassFixture<BrokenBodyTests.Console>
{
    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF\r\n{}\r\n")]
    [InlineData("80000000\r\n{}")]
    [InlineData("zz\r\n{}\r\n")]
    [InlineData("2\r\n{}XX")]
    [InlineData("-1\r\n{}\r\n")]
    public async Task A_chunk_that_is_none_is_400_on_every_route_that_reads_a_body(string chunks)
    {
        var description = await ApiDescription.ReadAsync(console);
        var member = await console.SignInAsync(console.Tenant.Admin);
        var service = ("Authorization", "Bearer " + (await console.MakeServiceTokenAsync("chunks " + Guid.NewGuid().ToString("N")[..8])).Reveal());
        var read = 0;
        foreach (var operation in description.Operations.Where(operation => operation.BodyType is not null))
        {
            foreach (var (name, value) in new[] { member, service })
            {
                using var connection = new RawConnection(console.Address);
                var answer = await connection.SendAsync(
                    $"{operation.Method} {operation.PathWith(Guid.Empty.ToString())}",
                    $"{name}: {value}", $"Content-Type: {operation.BodyType}", "Connection: close", $"Transfer-Encoding: chunked\r\n\r\n{chunks}");

                Assert.True(answer.Status is 400 or 401 or 403 or 404, $"{operation}: {answer.Status} {answer.Body}");
                read += answer.Status == 400 ? 1 : 0;
            }
        }

        Assert.InRange(read, 8, 100);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{\"email\"")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{\"ema")]
    public async Task A_client_that_resets_its_connection_within_a_body_is_no_error_of_the_server(string beginning)
    {
        using (var client = new TcpClient { LingerState = new LingerOption(true, 0) })
        {
            await client.ConnectAsync(console.Address.Host, console.Address.Port, Stop);
            var before = console.Begun;
            var head = $"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{beginning}";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Stop);
            await Console.UntilAsync(() => console.Begun > before);
        }

        await Console.UntilAsync(() => console.Ended == console.Begun);

        Assert.DoesNotContain(
            console.Logs.Entries, entry => entry.Level >= LogLevel.Error && entry.Category == typeof(ApiBranch).FullName);
    }

    /// <summary>Notes what is logged, and how many requests began and ended.</summary>
    public sealed class Console : ApiConsole
    {
        private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        public CollectedLogs Logs { get; } = new();

        public int Begun => Count("Request starting");

        public int Ended => Count("Request finished");

        protected override IEnumerable<(string Name, string Value)> Settings =>
            new[] { "PerTokenPerMinute", "PerTenantPerMinute", "PerIpPerMinute", "PerAccountPerMinute" }.Select(name => ($"RateLimits:{name}", "0"));

        public static async Task UntilAsync(Func<bool> holds)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            patience.CancelAfter(Patience);
            while (!holds())
                await Task.Delay(10, patience.Token);
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services
                .AddSingleton<ILoggerProvider>(Logs)
                // The program itself turns them off, since they hold addresses.
                .Configure<LoggerFilterOptions>(options => options.Rules.Add(new LoggerFilterRule(typeof(CollectedLogs).FullName, Requests, LogLevel.Information, null))));
        }

        private int Count(string beginning) => Logs.Entries.Count(entry => entry.Message.StartsWith(beginning, StringComparison.Ordinal));
    }
}
