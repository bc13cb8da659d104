using FinConsole.Core.Data;
using FinConsole.Core.Data.PostgreSql;
using FinConsole.Core.Data.Sqlite;
using FinConsole.Core.Data.SqlServer;
using Xunit;

namespace FinConsole.Tests.Data;

/// <summary>The statements that merge rows. On SQLite and PostgreSQL the tests of usage run them; SQL Server's is read here.</summary>
public sealed class RowMergeTests
{
    private static readonly MergeTable Table = new("Scores", ["Team", "Day"], [("Points", MergeRule.Add), ("LastAt", MergeRule.Greatest)]);

    [Fact]
    public void SQL_Server_holds_the_key_s_place_and_merges_each_column_by_its_rule() =>
        Assert.Equal(
            """
            MERGE INTO "Scores" WITH (HOLDLOCK) AS old USING (VALUES ({0}, {1}, {2}, {3}), ({4}, {5}, {6}, {7})) AS new ("Team", "Day", "Points", "LastAt") ON old."Team" = new."Team" AND old."Day" = new."Day"
            WHEN MATCHED THEN UPDATE SET "Points" = old."Points" + new."Points", "LastAt" = CASE WHEN old."LastAt" >= new."LastAt" THEN old."LastAt" ELSE new."LastAt" END
            WHEN NOT MATCHED THEN INSERT ("Team", "Day", "Points", "LastAt") VALUES (new."Team", new."Day", new."Points", new."LastAt");
            """.ReplaceLineEndings(" "),
            SqlServerDialect.Instance.Merge(Table, 2));

    [Fact]
    public void The_others_insert_and_update_on_conflict()
    {
        const string Expected =
            """
            INSERT INTO "Scores" ("Team", "Day", "Points", "LastAt") VALUES ({0}, {1}, {2}, {3})
            ON CONFLICT ("Team", "Day") DO UPDATE SET "Points" = "Scores"."Points" + excluded."Points", "LastAt" = CASE WHEN "Scores"."LastAt" >= excluded."LastAt" THEN "Scores"."LastAt" ELSE excluded."LastAt" END
            """;
        Assert.Equal(Expected.ReplaceLineEndings(" "), SqliteDialect.Instance.Merge(Table, 1));
        Assert.Equal(Expected.ReplaceLineEndings(" "), PostgreSqlDialect.Instance.Merge(Table, 1));
    }
}
