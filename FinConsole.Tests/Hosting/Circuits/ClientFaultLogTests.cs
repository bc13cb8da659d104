using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Hosting.Circuits;

/// <summary>What a client breaks on its own circuit, by messages that no page of ours sends, is no fault of the server's.</summary>
public sealed class ClientFaultLogTests(ClientFaultLogTests.Console console) : IClassFixture<ClientFaultLogTests.Console>, IAsyncLifetime
{
    private const string Page = ConsoleUrls.Profile;

    private static readonly Dictionary<string, Func<RawCircuit, Task>> Faults = new()
    {
        ["an unknown method"] = circuit => circuit.CallAsync("Nothing", 1),
        ["too few arguments"] = circuit => circuit.CallAsync("OnRenderCompleted"),
        ["arguments of another type"] = circuit => circuit.CallAsync("OnRenderCompleted", "x", "y"),
        ["bytes that are no message"] = circuit => circuit.SendBytesAsync([0x03, 0xC1, 0xC1, 0xC1]),
        ["a length that is none"] = circuit => circuit.SendBytesAsync([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        ["an acknowledgement of what was never drawn"] = circuit => DrawAsync(circuit, 999, null),
        ["an error while drawing"] = circuit => DrawAsync(circuit, 0, "made up\nby nobody"),
        ["an unknown event handler"] = circuit => circuit.CallAsync(
            "BeginInvokeDotNetFromJS", "1", null, "DispatchEventAsync", InteropOf(circuit), """[{"eventHandlerId":999999,"eventName":"click"},{"type":"click"}]"""),
        ["an event that is no JSON"] = circuit => circuit.CallAsync("BeginInvokeDotNetFromJS", "1", null, "DispatchEventAsync", InteropOf(circuit), "[{"),
        ["a method that is none"] = circuit => circuit.CallAsync("BeginInvokeDotNetFromJS", "1", "System.Private.CoreLib", "Exit", 0L, "[]"),
        ["an object that is none"] = circuit => circuit.CallAsync("BeginInvokeDotNetFromJS", "1", null, "Exit", 4711L, "[]"),
        ["a result that is no JSON"] = circuit => circuit.CallAsync("EndInvokeJSFromDotNet", 1L, true, "no JSON"),
        ["a result of no call"] = circuit => circuit.CallAsync("EndInvokeJSFromDotNet", 4711L, true, "[4711,true,null]"),
        ["an error of no call"] = circuit => circuit.CallAsync("EndInvokeJSFromDotNet", 4711L, false, """[4711,false,"made up"]"""),
        ["an address that is none"] = circuit => circuit.CallAsync("OnLocationChanged", "no address", null, false),
        ["an address elsewhere"] = circuit => circuit.CallAsync("OnLocationChanged", "https://elsewhere.example/", null, false),
        ["a decision about no address"] = circuit => circuit.CallAsync("OnLocationChanging", 4711L, "no address", null, false),
        ["components that are none"] = circuit => circuit.CallAsync("UpdateRootComponents", "[", ""),
        ["components of nobody"] = circuit => circuit.CallAsync("UpdateRootComponents", """{"batchId":7,"operations":[{"type":"add","ssrComponentId":9,"marker":{}}]}""", ""),
        ["bytes of no call"] = circuit => circuit.CallAsync("ReceiveJSDataChunk", 4711L, 0L, Array.Empty<object?>(), null),
        ["scripts that failed"] = circuit => AnswerAsync(circuit, succeeded: false, "\"made up\""),
        ["results of another type"] = circuit => AnswerAsync(circuit, succeeded: true, "[\"made up\"]"),
        ["a second circuit"] = circuit => circuit.CallAsync("StartCircuit", "no address", "none", "[]", ""),
    };

    private static async Task DrawAsync(RawCircuit circuit, long beyond, string? error)
    {
        circuit.Acknowledges = false;
        await circuit.NavigateAsync(ConsoleUrls.Password);
        await circuit.WaitForTextAsync("New password");
        await circuit.CallAsync("OnRenderCompleted", circuit.LastBatch + beyond, error);
    }

    // Whatever the server asks of the browser's scripts on that page.
    private static async Task AnswerAsync(RawCircuit circuit, bool succeeded, string result)
    {
        await circuit.NavigateAsync(ConsoleUrls.Password);
        await circuit.WaitForTextAsync("New password");
        await circuit.SettleAsync();
        foreach (var id in circuit.Asked.Select(arguments => (long)arguments[0]!).Where(id => id > 0).ToList())
            await circuit.CallAsync("EndInvokeJSFromDotNet", id, succeeded, $"[{id},{(succeeded ? "true" : "false")},{result}]");
    }

    // The object by which the browser hands events over.
    private static long InteropOf(RawCircuit circuit)
    {
        var text = string.Join(' ', circuit.Asked.SelectMany(arguments => arguments).OfType<string>());
        return long.Parse(System.Text.RegularExpressions.Regex.Match(text, "__dotNetObject\"?:(\\d+)").Groups[1].Value, null);
    }

    private static bool Breaks(LoggedEntry entry) => entry.Level >= LogLevel.Error || entry is { Level: LogLevel.Warning, Exception: not null };

    private readonly RawBrowser _browser = new(console.Address);

    public static TheoryData<string> Names => [.. Faults.Keys];

    public async ValueTask InitializeAsync() => await _browser.SignInAsync(console.Tenant.Developer);

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_logged_in_one_line_below_error(string fault)
    {
        await using var circuit = await RawCircuit.ConnectAsync(_browser);
        await circuit.StartAsync(Page, await RawCircuit.MarkersAsync(_browser, Page));
        await circuit.WaitForTextAsync("Time zone");
        var before = console.Logs.Entries.Count;

        await Faults[fault](circuit);
        await circuit.SettleOrEndAsync();

        Assert.DoesNotContain(console.Logs.Entries.Skip(before), Breaks);
    }

    [Fact]
    public async Task What_ends_the_circuit_is_told_of_by_a_warning()
    {
        await using var circuit = await RawCircuit.ConnectAsync(_browser);
        await circuit.StartAsync(Page, await RawCircuit.MarkersAsync(_browser, Page));
        await circuit.WaitForTextAsync("Time zone");
        var before = console.Logs.Entries.Count;

        await Faults["an error while drawing"](circuit);
        await circuit.WaitForEndAsync();

        var logged = console.Logs.Entries.Skip(before).ToList();
        Assert.DoesNotContain(logged, Breaks);
        Assert.Contains(logged, entry => entry.Level == LogLevel.Warning && entry.Message.StartsWith("A client broke its circuit", StringComparison.Ordinal));
    }

    /// <summary>A console whose log is kept.</summary>
    public sealed class Console : ApiConsole
    {
        public CollectedLogs Logs { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<ILoggerProvider>(Logs));
        }
    }
}
