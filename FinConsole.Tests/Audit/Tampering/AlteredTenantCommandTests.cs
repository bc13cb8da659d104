using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary><c>audit verify --tenant</c> after somebody altered the tenant's row.</summary>
public sealed class AlteredTenantCommandTests : IClassFixture<CommandTests.FirstStart>, IDisposable
{
    private readonly ConsoleProcess _console = new();

    public AlteredTenantCommandTests(CommandTests.FirstStart first) => _console.Inherit(first.Console);

    public void Dispose() => _console.Dispose();

    [Theory]
    [InlineData("Initech")]
    [InlineData("Initrode")]
    public async Task A_tenant_s_row_that_somebody_altered_is_reported_with_its_log_alone_by_either_name(string name)
    {
        Assert.Equal(0, (await _console.RunAsync("tenant", "add", "Initech", "boss@initech.example")).Code);
        Assert.Equal(new CommandOutcome(0, "Initech: intact, 2 entries.\n", ""), await _console.RunAsync("audit", "verify", "--tenant", "Initech"));
        await RenameAsync();

        var verified = await _console.RunAsync("audit", "verify", "--tenant", name);

        Assert.Equal((1, ""), (verified.Code, verified.Errors));
        Assert.Matches(@"\AInitrode: BROKEN\. [^\n]*tenant[^\n]*\n\z", verified.Output);
    }

    private async Task RenameAsync()
    {
        await using var connection = new SqliteConnection(_console.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = """UPDATE "Tenants" SET "Name" = 'Initrode', "NameKey" = 'initrode'""";
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Stop));
    }
}
