using System.Text.RegularExpressions;
using FinConsole.Core.Data;
using FinConsole.Core.Data.PostgreSql;
using FinConsole.Core.Data.Sqlite;
using FinConsole.Core.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace FinConsole.Tests.Data;

/// <summary>The migrations of all three databases, read without a server.</summary>
public sealed partial class MigrationTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.SqlServer)]
    public void The_model_has_no_change_that_no_migration_makes(DatabaseProvider provider)
    {
        using var db = DesignTime(provider);

        Assert.False(db.Database.HasPendingModelChanges(), "Run build/remake-migration.sh NAME.");
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.SqlServer)]
    public void Every_table_of_the_model_is_made_and_the_way_back_removes_it(DatabaseProvider provider)
    {
        using var db = DesignTime(provider);
        var migrator = db.GetService<IMigrator>();
        var up = migrator.GenerateScript();
        var down = migrator.GenerateScript(db.Database.GetMigrations().Last(), Migration.InitialDatabase);

        foreach (var table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct())
        {
            Assert.Matches($@"CREATE TABLE [""\[]{table}[""\]]", up);
            Assert.Matches($@"DROP TABLE [""\[]{table}[""\]]", down);
        }
    }

    [Fact]
    public void SQLite_keeps_the_log_append_only()
    {
        var script = Script(DatabaseProvider.Sqlite);

        Assert.Contains("""BEFORE UPDATE ON "AuditEntries" """.Trim(), script, StringComparison.Ordinal);
        Assert.Contains("""BEFORE DELETE ON "AuditEntries" """.Trim(), script, StringComparison.Ordinal);
        Assert.Contains("""BEFORE INSERT ON "AuditEntries" """.Trim(), script, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(script, @"RAISE\(ABORT"));
    }

    [Fact]
    public void PostgreSQL_keeps_the_log_append_only()
    {
        var script = Script(DatabaseProvider.PostgreSql);

        Assert.Contains("""BEFORE UPDATE OR DELETE ON "AuditEntries" """.Trim(), script, StringComparison.Ordinal);
        Assert.Contains("""BEFORE TRUNCATE ON "AuditEntries" """.Trim(), script, StringComparison.Ordinal);
        Assert.Contains("""BEFORE INSERT ON "AuditEntries" """.Trim(), script, StringComparison.Ordinal);
    }

    [Fact]
    public void SQL_Server_keeps_the_log_append_only()
    {
        var script = Script(DatabaseProvider.SqlServer);

        Assert.Matches(@"CREATE TRIGGER \[AuditEntries_refuse_update_delete\] ON \[AuditEntries\] INSTEAD OF UPDATE, DELETE AS\s+BEGIN\s+SET NOCOUNT ON;\s+THROW 51000", script);
        Assert.Matches(@"CREATE TRIGGER \[AuditEntries_refuse_gap\] ON \[AuditEntries\] AFTER INSERT AS", script);
        // TRUNCATE TABLE fires no trigger, and is refused on a table that a foreign key refers to.
        Assert.Matches(@"FOREIGN KEY \(\[TenantId\], \[Sequence\]\) REFERENCES \[AuditEntries\]", script);
        // A trigger must be alone in its batch: each is wrapped, its quotes doubled.
        Assert.Equal(2, Regex.Count(script, @"EXEC\(N'CREATE TRIGGER "));
    }

    [Fact]
    public void SQL_Server_has_the_unique_indexes_that_decide_races()
    {
        var script = Script(DatabaseProvider.SqlServer);

        Assert.Matches(@"CREATE UNIQUE INDEX \[EmailIndex\] ON \[Members\] \(\[NormalizedEmail\]\)", script);
        Assert.Matches(@"CREATE UNIQUE INDEX \[IX_ApiTokens_LiveName\] ON \[ApiTokens\] \(\[TenantId\], \[NameKey\]\) WHERE ", script);
        Assert.Matches(@"CREATE UNIQUE INDEX \[IX_ApiTokens_LiveSuccessor\] ON \[ApiTokens\] \(\[TenantId\], \[PredecessorId\]\) WHERE ", script);
        Assert.Matches(@"CREATE UNIQUE INDEX \[IX_ApiTokens_LookupKey\] ON \[ApiTokens\] \(\[LookupKey\]\)", script);
        Assert.Matches(@"CREATE UNIQUE INDEX \[IX_EncryptionKeys_Current\] ON \[EncryptionKeys\] \(\[TenantId\]\) WHERE ", script);
        Assert.Matches(@"CREATE UNIQUE INDEX \[IX_Invitations_Pending\] ON \[Invitations\] \(\[TenantId\], \[\w+\]\) WHERE ", script);
        Assert.Matches(@"CREATE UNIQUE INDEX \[IX_Invitations_Hash\] ON \[Invitations\] \(\[Hash\]\)", script);
        Assert.Matches(@"CREATE UNIQUE INDEX \[IX_SignInChallenges_Hash\] ON \[SignInChallenges\] \(\[Hash\]\)", script);
        Assert.Matches(@"CREATE UNIQUE INDEX \[IX_TotpCredentials_TenantId_MemberId_Confirmed\] ON \[TotpCredentials\] \(\[TenantId\], \[MemberId\], \[Confirmed\]\)", script);
        Assert.Matches(@"CONSTRAINT \[PK_AuditEntries\] PRIMARY KEY \(\[TenantId\], \[Sequence\]\)", script);
    }

    [Fact]
    public void SQL_Server_cascades_no_delete_of_a_tenants_rows()
    {
        // A tenant's row that is deleted must fail on what refers to it, not take it along. A member's own views are the member's.
        var cascades = Cascade().Matches(Script(DatabaseProvider.SqlServer)).Select(match => match.Groups[1].Value);

        Assert.All(cascades, constraint => Assert.Matches("^FK_(Member(Claims|Logins|Tokens)|SavedViews_Members)_", constraint));
    }

    private static string Script(DatabaseProvider provider)
    {
        using var db = DesignTime(provider);
        return db.GetService<IMigrator>().GenerateScript();
    }

    private static ConsoleDbContext DesignTime(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => new SqliteDesignTimeFactory().CreateDbContext([]),
        DatabaseProvider.PostgreSql => new PostgreSqlDesignTimeFactory().CreateDbContext([]),
        DatabaseProvider.SqlServer => new SqlServerDesignTimeFactory().CreateDbContext([]),
    };

    [GeneratedRegex(@"CONSTRAINT \[(\w+)\] FOREIGN KEY [^\n]* ON DELETE CASCADE")]
    private static partial Regex Cascade();
}
