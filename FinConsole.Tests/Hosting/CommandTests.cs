using System.Diagnostics;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>The operator's commands, as processes on a database of their own: what they print, and what they exit with.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finconsole-command-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_tenant_is_added_listed_and_closed()
    {
        var added = await RunAsync("tenant", "add", "Initech", "boss@initech.example");
        Assert.Equal((0, ""), (added.Code, added.Errors));
        Assert.Matches(@"\AInitech is ready\. boss@initech\.example joins .*\nhttps://console\.example/account/accept-invitation\?token=[0-9A-Za-z]{43}\n\z", added.Output);

        Assert.Matches(@"\AInitech  0 active members, since \d{4}-\d\d-\d\d\n\z", (await RunAsync("tenant", "list")).Output);
        Assert.Equal((0, "Initech is closed: nobody signs in any more, and its tokens are refused. Open sessions ended: 0.\n", ""), await RunAsync("tenant", "close", "INITECH"));
        Assert.Matches(@", closed \d{4}-\d\d-\d\d\n\z", (await RunAsync("tenant", "list")).Output);
        Assert.Equal((1, "", "That tenant is closed already.\n"), await RunAsync("tenant", "close", "Initech"));
        Assert.Equal((0, 2), await VerifyAsync());
    }

    [Fact]
    public async Task What_cannot_be_done_says_why_and_exits_with_one()
    {
        Assert.Equal((0, "There is no tenant yet.\n", ""), await RunAsync("tenant", "list"));
        Assert.Equal((1, "", "There is no tenant named \"Initech\".\n"), await RunAsync("tenant", "close", "Initech"));
        Assert.Equal((1, "", "There is no such member.\n"), await RunAsync("member", "reset-mfa", "nobody@nowhere.example"));
        Assert.Equal((1, "", "Enter 1 to 80 characters.\nEnter an email address, for example ann@example.com.\n"), await RunAsync("tenant", "add", " ", "nope"));
        var incomplete = await RunAsync("tenant", "add");
        Assert.Equal(1, incomplete.Code);
        Assert.Contains("ADMIN-EMAIL", incomplete.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_misspelt_is_told_as_such_and_starts_no_server()
    {
        var misspelt = await RunAsync("tenants", "list");

        Assert.Equal(1, misspelt.Code);
        Assert.Contains("'tenants'", misspelt.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        var help = await RunAsync("--help");
        Assert.Equal(0, help.Code);
        foreach (var word in new[] { "tenant", "member", "audit" })
            Assert.Contains(word, help.Output, StringComparison.Ordinal);
        var tenant = await RunAsync("tenant", "--help");
        foreach (var word in new[] { "add <NAME> <ADMIN-EMAIL>", "close <NAME>", "list" })
            Assert.Contains(word, tenant.Output, StringComparison.Ordinal);
        Assert.Contains("reset-mfa <EMAIL>", (await RunAsync("member", "--help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_start_prints_a_link_to_set_the_console_up_and_the_next_one_another()
    {
        var first = await StartAsync();
        Assert.Matches(@"https://console\.example/setup\?token=[0-9A-Za-z]{43}", first);
        Assert.NotEqual(first, await StartAsync());

        await RunAsync("tenant", "add", "Initech", "boss@initech.example");
        Assert.DoesNotContain("/setup", await StartAsync(), StringComparison.Ordinal);
    }

    private async Task<(int Code, int Intact)> VerifyAsync()
    {
        var verified = await RunAsync("audit", "verify");
        return (verified.Code, verified.Output.Split('\n').Count(line => line.Contains(": intact", StringComparison.Ordinal)));
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), (await errors).ReplaceLineEndings("\n"));
    }

    // Serves until it says that it listens; answers what it printed before.
    private async Task<string> StartAsync()
    {
        using var process = Start("--urls", "http://127.0.0.1:0");
        try
        {
            var lines = new List<string>();
            while (await process.StandardOutput.ReadLineAsync(Stop) is { } line && !line.Contains("Now listening", StringComparison.Ordinal))
                lines.Add(line);
            return string.Join('\n', lines);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Stop);
        }
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "FinConsole.Web.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "",
            ["Console__PublicUrl"] = "https://console.example/",
            ["ConnectionStrings__FinConsole"] = $"Data Source={Path.Combine(_folder, "test.db")}",
            ["Pepper__File"] = Path.Combine(_folder, "pepper"),
            ["KeyRing__CertificateFile"] = Path.Combine(_folder, "keyring.pfx"),
            ["Mail__PickupDirectory"] = Path.Combine(_folder, "mail"),
            ["Demo__Enabled"] = "false",
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
