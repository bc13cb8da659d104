using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.StartUp;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>What the program logs while it starts.</summary>
public sealed class StartLogTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "Development")]
    [InlineData(DatabaseProvider.Sqlite, "Production")]
    [InlineData(DatabaseProvider.PostgreSql, "Development")]
    [InlineData(DatabaseProvider.PostgreSql, "Production")]
    public async Task Neither_the_first_start_nor_a_later_one_warns_of_anything(DatabaseProvider provider, string environment)
    {
        await using var database = await Databases.NewEmptyAsync(provider);
        using var console = new ConsoleProcess(database);
        Configure(console, environment);

        foreach (var start in new[] { "first", "later" })
        {
            await using var served = await console.ServeAsync();
            Assert.Equal(0, await served.TerminateAsync());

            Assert.NotEmpty(served.Output);
            var firstWarning = served.Output.ToList().FindIndex(Warns);
            Assert.True(firstWarning < 0, string.Join('\n', served.Output.Skip(firstWarning).Take(8)));
            Assert.Contains(served.Output, line => line.Contains("Now listening on", StringComparison.Ordinal));
            Assert.True(start == "later" || served.Output.Any(line => line.Contains("Applying migration", StringComparison.Ordinal)), start);
        }
    }

    [Fact]
    public async Task A_bug_in_Core_is_no_refused_configuration()
    {
        var bug = new InvalidOperationException("A bug.") { Source = typeof(PepperCheck).Assembly.GetName().Name };

        Assert.Same(bug, await Assert.ThrowsAsync<InvalidOperationException>(() => PrepareAsync(bug)));
        var refusal = await Assert.ThrowsAsync<Web.Hosting.Configuration.StartRefusedException>(() => PrepareAsync(new ConfigurationRefusedException("Not so.")));
        Assert.Contains("Not so.", refusal.Message, StringComparison.Ordinal);
    }

    // A start whose database is well, and whose check of the pepper fails like this.
    private static async Task PrepareAsync(Exception failure)
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        await using var services = core.NewInstance(services => services.AddSingleton(new PepperCheck(new ConsoleDb(() => throw failure), new Pepper(CoreHost.PepperBytes))));
        await services.PrepareDatabaseAsync(Stop);
    }

    private static void Configure(ConsoleProcess console, string environment)
    {
        console.Settings["ASPNETCORE_ENVIRONMENT"] = environment;
        if (environment == "Development")
        {
            console.Settings["Demo__Enabled"] = "true";
            console.Settings["Demo__Password"] = "violet kettle orbit 47";
            return;
        }

        File.WriteAllText(console.Settings["Pepper__File"], Convert.ToBase64String(CoreHost.PepperBytes));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(console.Settings["Pepper__File"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        CoreHost.WriteRingCertificate(console.Settings["KeyRing__CertificateFile"]);
        console.Settings["Proxies__Trusted__0"] = "127.0.0.1";
        // A published program has one beside it.
        Directory.CreateDirectory(Path.Combine(console.Folder, "wwwroot"));
    }

    // As the simple formatter of Development writes levels, and as the JSON one does; and what ends a program that throws.
    private static bool Warns(string line) =>
        line.StartsWith("warn:", StringComparison.Ordinal) || line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)
        || line.Contains("\"LogLevel\":\"Warning\"", StringComparison.Ordinal) || line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal)
        || line.Contains("\"LogLevel\":\"Critical\"", StringComparison.Ordinal) || line.Contains("Unhandled exception", StringComparison.Ordinal);
}
