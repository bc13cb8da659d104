using FinConsole.Tests.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace FinConsole.Tests.Data;

/// <summary>A start on SQLite that is killed while it brings an older database up to date.</summary>
public sealed class InterruptedMigrationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("finconsole-cuts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Killed_at_any_statement_it_leaves_the_database_as_it_was_and_the_next_start_finishes()
    {
        foreach (var old in await OldDatabasesAsync())
        {
            var run = await RunAsync(old, MigrationCuts.ApplyAsync);

            Assert.True(run.Statements > 5, $"{old}: {run.Statements} statements");
            Assert.NotEqual(run.Before, run.After);
            Assert.Equal(run.Before, await MigrationCuts.DumpAsync(run.Cuts[0]));
            foreach (var cut in run.Cuts)
            {
                // The last statement, which switches foreign keys on again, comes after the commit.
                Assert.Contains(await MigrationCuts.DumpAsync(cut), new[] { run.Before, run.After });
                await MigrationCuts.ApplyAsync(cut);
                Assert.Equal(run.After, await MigrationCuts.DumpAsync(cut));
            }
        }
    }

    [Fact]
    public async Task EF_Core_by_itself_leaves_a_half_changed_database()
    {
        var run = await RunAsync(await BeforeARebuildAsync(), MigrationCuts.ApplyByEntityFrameworkAsync);

        var dumps = await Task.WhenAll(run.Cuts.Select(MigrationCuts.DumpAsync));
        Assert.Contains(dumps, dump => dump != run.Before && dump != run.After);
    }

    [Fact]
    public async Task What_was_in_a_rebuilt_table_is_in_it_afterwards()
    {
        var run = await RunAsync(await BeforeARebuildAsync(), MigrationCuts.ApplyAsync);

        Assert.NotEqual(0, SessionsIn(run.Before));
        Assert.Equal(SessionsIn(run.Before), SessionsIn(run.After));
        Assert.DoesNotContain("ef_temp_", run.After, StringComparison.Ordinal);
    }

    private static int SessionsIn(string dump) => dump.Split('\n').Count(line => line.StartsWith("MemberSessions: ", StringComparison.Ordinal));

    private async Task<Run> RunAsync(string old, Func<string, IInterceptor[], Task> apply)
    {
        var file = MigrationCuts.Cut(old, "running.db");
        var (statements, cuts) = (0, new Dictionary<string, string>());
        await apply(file, [new BeforeEachStatement(() =>
        {
            statements++;
            if (cuts.TryAdd(MigrationCuts.HashOf(file), $"cut{cuts.Count}.db"))
                MigrationCuts.Cut(file, $"cut{cuts.Count - 1}.db");
        })]);
        var copies = cuts.Values.Select(name => Path.Combine(_folder.FullName, name)).ToList();
        return new Run(statements, await MigrationCuts.DumpAsync(old), copies, await MigrationCuts.DumpAsync(file));
    }

    // The release whose database the next one rebuilds a table of.
    private async Task<string> BeforeARebuildAsync() => (await OldDatabasesAsync()).Single(file => Path.GetFileName(file).StartsWith("SecurityReview", StringComparison.Ordinal));

    // A database with people, sessions and keys in it as each release left it, the latest before this one first.
    private async Task<List<string>> OldDatabasesAsync()
    {
        await using var database = new SqliteCore();
        await database.InitializeAsync();
        await database.NewTenantWithKeyAsync();
        await using var db = database.Db.OpenForOperator();
        var migrations = db.Database.GetMigrations().ToList();
        var files = new List<string>();
        foreach (var migration in migrations.SkipLast(1).Reverse().Select(migration => migration[(migration.IndexOf('_', StringComparison.Ordinal) + 1)..]))
        {
            await db.GetService<IMigrator>().MigrateAsync(migration, Stop);
            var file = Path.Combine(_folder.FullName, $"{migration}-{files.Count}.db");
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {file}", Stop);
            files.Add(file);
        }

        return files;
    }

    /// <param name="Statements">How many there were, each with a look at the disk before it.</param>
    /// <param name="Before">The content before the first.</param>
    /// <param name="Cuts">What was on the disk then, each state once.</param>
    /// <param name="After">The content after the last.</param>
    private sealed record Run(int Statements, string Before, IReadOnlyList<string> Cuts, string After);
}
