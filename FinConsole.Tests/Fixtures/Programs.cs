using System.Diagnostics;
using Xunit;

namespace FinConsole.Tests.Fixtures;

/// <summary>Runs programs that are not ours: the compilers and libraries that tenants use.</summary>
internal static class Programs
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(60);

    /// <summary>What the program wrote to standard output; fails the test when it ends with anything but 0.</summary>
    public static async Task<byte[]> RunAsync(string program, IEnumerable<string> arguments, byte[]? input = null, string? folder = null)
    {
        var (code, output, error) = await TryAsync(program, arguments, input, folder);
        Assert.True(code == 0, $"{program} ended with {code}: {error}");
        return output;
    }

    /// <summary>How the program ended.</summary>
    public static async Task<(int Code, byte[] Output, string Error)> TryAsync(string program, IEnumerable<string> arguments, byte[]? input = null, string? folder = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(LongestRun);
        try
        {
            using var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.BaseStream.WriteAsync(input ?? [], limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            await reading;
            return (process.ExitCode, output.ToArray(), await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
