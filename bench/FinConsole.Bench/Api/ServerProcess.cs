using System.Diagnostics;
using System.Globalization;
using FinConsole.Core.Data;

namespace FinConsole.Bench.Api;

/// <summary>A measured server in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private ServerProcess(Process process, string address, string serviceToken, TimeSpan ready, double memory) =>
        (Process, Address, ServiceToken, Ready, Memory) = (process, address, serviceToken, ready, memory);

    public Process Process { get; }

    public string Address { get; }

    /// <summary>A service token that it made for the bench.</summary>
    public string ServiceToken { get; }

    /// <summary>How long its index took to read every token.</summary>
    public TimeSpan Ready { get; }

    /// <summary>Its live heap behind that, in bytes.</summary>
    public double Memory { get; }

    public static async Task<ServerProcess> StartAsync(BenchDatabase database)
    {
        var provider = database.Provider == DatabaseProvider.Sqlite ? "sqlite" : "postgresql";
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(ServerProcess).Assembly.Location, "serve", provider, database.ConnectionString]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var facts = (await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.")).Split(' ');
        var (ready, memory) = (double.Parse(facts[2], CultureInfo.InvariantCulture), double.Parse(facts[3], CultureInfo.InvariantCulture));
        return new ServerProcess(process, facts[0], facts[1], TimeSpan.FromMilliseconds(ready), memory);
    }

    /// <summary>As an orchestrator stops it.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Process.Id.ToString(CultureInfo.InvariantCulture)]);
        await Process.WaitForExitAsync();
    }

    public void Dispose()
    {
        Process.Kill();
        Process.Dispose();
    }
}
