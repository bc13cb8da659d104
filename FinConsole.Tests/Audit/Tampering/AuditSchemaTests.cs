using FinConsole.Core.Audit.Verification.Schema;
using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>The list of tables, columns, indexes and triggers that <c>audit verify</c> compares a database with is what the migrations make.</summary>
public abstract class AuditSchemaTests(CoreHost core)
{
    [Fact]
    public async Task A_migrated_database_has_exactly_what_verification_expects()
    {
        await using var db = core.Db.OpenForOperator();
        var found = (await CompareAuditSchema.ReadAsync(db, Stop)).Select(each => each.ToLine()).Order(StringComparer.Ordinal).ToList();
        var expected = ExpectedSchema.Of(core.Provider)!.Select(each => each.ToLine()).ToList();
        var file = ExpectedSchema.FileOf(core.Provider)!;
        var made = Path.Combine(AppContext.BaseDirectory, file);
        await File.WriteAllLinesAsync(made, found, Stop);

        Assert.True(
            found.SequenceEqual(expected),
            $"The migrations make other tables than those that audit verify compares with. If that is meant, copy {made} to FinConsole.Core/Audit/Verification/Schema/{file}.\n"
            + $"Only the migrations make:\n{string.Join('\n', found.Except(expected))}\nOnly the list has:\n{string.Join('\n', expected.Except(found))}");
    }

    [Theory]
    [InlineData("Initial")]
    [InlineData("AccountsAndKeys")]
    [InlineData("SecurityReview")]
    [InlineData("HttpApi")]
    [InlineData("AuditRegister")]
    public async Task A_database_that_an_older_version_began_is_as_expected_after_its_upgrade(string version)
    {
        await using var database = await Databases.NewEmptyAsync(core.Provider);
        await using var console = CoreHost.BuildServices(core.Provider, database.ConnectionString, core.Time);
        await using (var db = console.GetRequiredService<ConsoleDb>().OpenForOperator())
            await db.GetService<IMigrator>().MigrateAsync(version, Stop);

        await console.GetRequiredService<DatabaseMigration>().ApplyAsync(Stop);

        Assert.Empty((await console.GetRequiredService<CompareAuditSchema>().HandleAsync(Stop))!.Select(fault => fault.Describe()));
    }

    public sealed class OnSqlite(SqliteCore core) : AuditSchemaTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : AuditSchemaTests(core), IClassFixture<PostgreSqlCore>;
}
