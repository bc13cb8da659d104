using FinConsole.Core.Audit.Verification;
using FinConsole.Core.Audit.Verification.Schema;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>Somebody alters what the tables of the log are, and leaves every row as it is: verification names each difference.</summary>
public abstract class AlteredTableTests(CoreHost core) : IAsyncLifetime
{
    // What is done, and what the finding names.
    protected abstract IReadOnlyDictionary<string, (string Sql, string Names)> Alterations { get; }

    public async ValueTask InitializeAsync()
    {
        await core.InitializeAsync();
        await core.AppendAsync((await core.NewTenantAsync()).Id, 20, number => new AuditShape(Action: number % 2 == 0 ? AuditAction.TokenRotate : AuditAction.ProfileUpdate));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await core.DisposeAsync();
    }

    [Fact]
    public async Task Every_index_and_trigger_that_is_gone_or_leaves_rows_out_is_named()
    {
        var all = ExpectedSchema.Of(core.Provider)!.Where(each => each.Kind is "index" or "trigger" && each.Definition.StartsWith("CREATE", StringComparison.Ordinal)
            && !each.Name.StartsWith("PK_", StringComparison.Ordinal)).ToList();
        Assert.InRange(all.Count, 17, 40);
        foreach (var each in all)
        {
            await ExecuteAsync(Drop(each));
            Assert.Equal([$"The {each.Kind} {each.Name} of the table {each.Table} is missing."], await FindAsync());

            if (each.Kind == "index")
            {
                await ExecuteAsync($"{each.Definition} WHERE \"{await ColumnAsync(each.Table)}\" IS NULL");
                Assert.StartsWith($"The index {each.Name} of the table {each.Table} was changed.", Assert.Single(await FindAsync()), StringComparison.Ordinal);
                await ExecuteAsync(Drop(each));
            }

            await ExecuteAsync(each.Definition);
        }

        Assert.Empty(await FindAsync());
    }

    [Fact]
    public async Task A_trigger_of_somebody_else_s_on_any_table_is_named()
    {
        await using var db = core.Db.OpenForOperator();
        foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct())
        {
            await ExecuteAsync(Extra(table));

            Assert.Contains(await FindAsync(), found => found.StartsWith($"This program did not make the trigger Trick of the table {table}", StringComparison.Ordinal));

            await ExecuteAsync(core.Provider == DatabaseProvider.Sqlite ? "DROP TRIGGER \"Trick\"" : "DROP FUNCTION \"Trick\"() CASCADE");
        }
    }

    [Fact]
    public async Task A_view_in_the_place_of_any_table_is_named()
    {
        foreach (var table in ExpectedSchema.Tables)
        {
            await ExecuteAsync($"ALTER TABLE \"{table}\" RENAME TO \"Kept\"; CREATE VIEW \"{table}\" AS SELECT * FROM \"Kept\"");

            Assert.Contains(await FindAsync(), found => found.StartsWith($"The table {table} was changed. It is: view", StringComparison.Ordinal));

            await ExecuteAsync($"DROP VIEW \"{table}\"; ALTER TABLE \"Kept\" RENAME TO \"{table}\"");
            Assert.Empty(await FindAsync());
        }
    }

    [Fact]
    public async Task Every_other_alteration_is_named_by_the_command_and_on_the_page()
    {
        foreach (var (how, (sql, names)) in Alterations)
        {
            await using var other = core.Provider == DatabaseProvider.Sqlite ? (CoreHost)new SqliteCore() : new PostgreSqlCore();
            await other.InitializeAsync();
            var tenant = await other.NewTenantAsync();
            await other.AppendAsync(tenant.Id, 5, _ => new AuditShape());
            Assert.True((await other.Get<VerifyAuditChain>().HandleAsync(null, tenant.Reviewer.Actor, null, Stop)).Value!.Intact);
            await using (var db = other.Db.OpenForOperator())
                await db.Database.ExecuteSqlRawAsync(sql, Stop);
            // What is set for a database holds for connections that are made afterwards.
            if (core.Provider == DatabaseProvider.PostgreSql)
                NpgsqlConnection.ClearAllPools();

            var reports = await other.Get<VerifyEveryChain>().HandleAsync(null, Stop).ToListAsync(Stop);
            var page = await Record.ExceptionAsync(async () =>
                Assert.Equal((how, AuditFaultKind.SchemaAltered), (how, (await other.Get<VerifyAuditChain>().HandleAsync(null, tenant.Reviewer.Actor, null, Stop)).Value!.Fault?.Kind)));

            Assert.True(
                reports.Exists(report => report is { Name: "tables", Verdict.Fault: { Kind: AuditFaultKind.SchemaAltered } fault } && fault.Describe().Contains(names, StringComparison.Ordinal)),
                $"{how}: {string.Join('\n', reports.Select(report => $"{report.Name}: {report.Verdict.Fault?.Describe()}"))}");
            Assert.True(page is null, $"{how}: {page}");
        }
    }

    protected abstract string Extra(string table);

    protected async Task ExecuteAsync(string sql)
    {
        await using var db = core.Db.OpenForOperator();
        await db.Database.ExecuteSqlRawAsync(sql, Stop);
    }

    protected async Task<List<string>> FindAsync() => [.. (await core.Get<CompareAuditSchema>().HandleAsync(Stop))!.Select(fault => fault.Describe())];

    private static string Drop(SchemaObject each) => each.Kind == "index" || !each.Definition.Contains(" EXECUTE FUNCTION ", StringComparison.Ordinal)
        ? $"DROP {each.Kind} \"{each.Name}\"" : $"DROP TRIGGER \"{each.Name}\" ON \"{each.Table}\"";

    private async Task<string> ColumnAsync(string table)
    {
        await using var db = core.Db.OpenForOperator();
        return db.Model.GetEntityTypes().First(type => type.GetTableName() == table).GetProperties().First(property => property.IsNullable || property.Name.EndsWith("At", StringComparison.Ordinal) || property.Name == "Number").GetColumnName();
    }

    public sealed class OnSqlite() : AlteredTableTests(new SqliteCore())
    {
        private const string Index = "IX_AuditEntries_TenantId_Action_Sequence";

        protected override IReadOnlyDictionary<string, (string Sql, string Names)> Alterations => new Dictionary<string, (string, string)>
        {
            ["a trigger that does nothing"] = (
                "DROP TRIGGER \"AuditEntries_refuse_update\"; CREATE TRIGGER \"AuditEntries_refuse_update\" BEFORE UPDATE ON \"AuditEntries\" BEGIN SELECT 1; END",
                "The trigger AuditEntries_refuse_update of the table AuditEntries was changed."),
            ["an index whose words were changed"] = (
                Rewrite($"sql = sql || ' WHERE \"Action\" <> 61'", $"name = '{Index}'"), $"The index {Index} of the table AuditEntries was changed."),
            ["a column that drops what does not fit"] = (
                Rewrite("sql = replace(sql, '\"CorrelationId\" TEXT NOT NULL', '\"CorrelationId\" TEXT NOT NULL ON CONFLICT IGNORE')", "name = 'AuditEntries'"),
                "The column CorrelationId of the table AuditEntries was changed."),
            ["a key that drops what is there"] = (
                Rewrite("sql = replace(sql, 'PRIMARY KEY (\"TenantId\", \"Sequence\")', 'PRIMARY KEY (\"TenantId\", \"Sequence\") ON CONFLICT IGNORE')", "name = 'AuditEntries'"),
                "The constraint PK_AuditEntries of the table AuditEntries was changed."),
            ["an index that was made by other words than it has now"] = (
                $"{Rewrite("sql = sql || ' WHERE \"Sequence\" > 3'", $"name = '{Index}'")}; REINDEX \"{Index}\"; "
                + Rewrite("sql = replace(sql, ' WHERE \"Sequence\" > 3', '')", $"name = '{Index}'"),
                "The table AuditEntries and its indexes do not hold the same"),
            ["one more column"] = ("ALTER TABLE \"AuditHeads\" ADD COLUMN \"More\" INTEGER NULL", "This program did not make the column More of the table AuditHeads"),
            ["one more index"] = ("CREATE INDEX \"More\" ON \"AuditVolumes\" (\"Hour\")", "This program did not make the index More of the table AuditVolumes"),
        };

        [Fact]
        public async Task An_index_that_was_made_by_other_words_than_it_has_now_is_named()
        {
            await ExecuteAsync(Rewrite("sql = sql || ' WHERE \"Sequence\" > 7'", $"name = '{Index}'"));
            await ExecuteAsync($"REINDEX \"{Index}\"");
            await ExecuteAsync(Rewrite("sql = replace(sql, ' WHERE \"Sequence\" > 7', '')", $"name = '{Index}'"));

            Assert.Matches($"^The table AuditEntries and its indexes do not hold the same.*{Index}", Assert.Single(await FindAsync()));
        }

        protected override string Extra(string table) => $"CREATE TRIGGER \"Trick\" BEFORE INSERT ON \"{table}\" BEGIN SELECT RAISE(IGNORE); END";

        // As https://www.sqlite.org/pragma.html#pragma_writable_schema warns of; the new version makes other connections read it anew.
        private static string Rewrite(string change, string where) =>
            $"PRAGMA writable_schema = ON; UPDATE sqlite_master SET {change} WHERE {where}; PRAGMA writable_schema = RESET; CREATE TABLE \"Again\" (\"Id\" INTEGER); DROP TABLE \"Again\"";
    }

    public sealed class OnPostgreSql() : AlteredTableTests(new PostgreSqlCore())
    {
        protected override IReadOnlyDictionary<string, (string Sql, string Names)> Alterations => new Dictionary<string, (string, string)>
        {
            ["a trigger switched off"] = ("ALTER TABLE \"AuditEntries\" DISABLE TRIGGER \"AuditEntries_refuse_update_delete\"", "The trigger AuditEntries_refuse_update_delete of the table AuditEntries was changed."),
            ["a trigger's function that does nothing"] = (
                "CREATE OR REPLACE FUNCTION \"AuditEntries_refuse_gap\"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
                "The function AuditEntries_refuse_gap of the table AuditEntries was changed."),
            ["a rule"] = ("CREATE RULE \"Trick\" AS ON DELETE TO \"AuditAnchors\" DO INSTEAD NOTHING", "This program did not make the rule Trick of the table AuditAnchors"),
            ["row level security"] = ("ALTER TABLE \"AuditEntries\" ENABLE ROW LEVEL SECURITY", "The table AuditEntries was changed."),
            ["a policy"] = ("CREATE POLICY \"Trick\" ON \"AuditEntries\" FOR SELECT USING (\"Sequence\" > 3)", "This program did not make the policy Trick of the table AuditEntries"),
            ["a child table"] = ("CREATE TABLE \"More\" () INHERITS (\"AuditSeals\")", "This program did not make the child table "),
            ["a table that a crash empties"] = ("ALTER TABLE \"AuditVolumeMarks\" SET UNLOGGED", "The table AuditVolumeMarks was changed."),
            ["a default"] = ("ALTER TABLE \"AuditHeads\" ALTER COLUMN \"Size\" SET DEFAULT 7", "The column Size of the table AuditHeads was changed."),
            ["a check"] = ("ALTER TABLE \"AuditEntries\" ADD CONSTRAINT \"Trick\" CHECK (\"Sequence\" < 1000000)", "This program did not make the constraint Trick of the table AuditEntries"),
            ["a key that is gone"] = ("ALTER TABLE \"OnceRecords\" DROP CONSTRAINT \"PK_OnceRecords\"", "The constraint PK_OnceRecords of the table OnceRecords is missing."),
            ["another collation"] = ("ALTER TABLE \"AuditEntries\" ALTER COLUMN \"ActorName\" TYPE character varying(320) COLLATE \"POSIX\"", "The column ActorName of the table AuditEntries was changed."),
            ["another collation of the same name"] = (
                """CREATE COLLATION public."C" FROM pg_catalog."POSIX"; ALTER TABLE "AuditEntries" ALTER COLUMN "ActorName" TYPE character varying(320) COLLATE public."C" """,
                "The column ActorName of the table AuditEntries was changed."),
            ["a schema before PostgreSQL's own"] = (
                $"CREATE SCHEMA evil; {Set("search_path = evil, pg_catalog, public")}", "connections search the schema evil before PostgreSQL's own"),
            ["a role for which triggers do not fire"] = (Set("session_replication_role = replica"), "connections run with session_replication_role = replica"),
            ["a function that fits better than PostgreSQL's"] = (
                "CREATE FUNCTION public.concat_ws(text, text, text, text) RETURNS text LANGUAGE sql AS $$ SELECT 'table' $$",
                "The function concat_ws(text,text,text,text) of the schema public bears the name of one of PostgreSQL's own"),
            ["an operator that fits better than PostgreSQL's"] = (
                """
                CREATE FUNCTION public.same(character varying, text) RETURNS boolean LANGUAGE sql AS 'SELECT false';
                CREATE OPERATOR public.= (LEFTARG = character varying, RIGHTARG = text, FUNCTION = public.same)
                """,
                "The operator =(character varying,text) of the schema public bears the name of one of PostgreSQL's own"),
            ["a function that vouches for a trigger that is switched off"] = (
                "CREATE FUNCTION public.concat_ws(text, text, text) RETURNS text LANGUAGE sql AS $$ SELECT $2 $$; " + SwitchOff,
                "The trigger AuditEntries_refuse_update_delete of the table AuditEntries was changed."),
            ["a function that an extension adopted"] = (
                """
                CREATE FUNCTION public.concat_ws(text, text, text) RETURNS text LANGUAGE sql AS $$ SELECT $2 $$;
                ALTER EXTENSION plpgsql ADD FUNCTION public.concat_ws(text, text, text);
                """ + SwitchOff,
                "The function concat_ws(text,text,text) of the schema public bears the name of one of PostgreSQL's own"),
            ["a function of an adopted type that texts become"] = (
                """
                CREATE DOMAIN public.words AS text; CREATE FUNCTION public.quote_ident(words) RETURNS text LANGUAGE sql AS $$ SELECT 'Kept' $$;
                ALTER EXTENSION plpgsql ADD DOMAIN public.words; ALTER EXTENSION plpgsql ADD FUNCTION public.quote_ident(words);
                """,
                "The function quote_ident(words) of the schema public bears the name of one of PostgreSQL's own"),
            ["an operator that an extension adopted"] = (
                """
                CREATE FUNCTION public.same(character varying, text) RETURNS boolean LANGUAGE sql AS 'SELECT false';
                CREATE OPERATOR public.= (LEFTARG = character varying, RIGHTARG = text, FUNCTION = public.same);
                ALTER EXTENSION plpgsql ADD OPERATOR public.= (character varying, text)
                """,
                "The operator =(character varying,text) of the schema public bears the name of one of PostgreSQL's own"),
            ["a table moved to another schema, with a view in its place"] = (
                """
                CREATE SCHEMA apart; ALTER TABLE public."ApiTokens" SET SCHEMA apart; CREATE VIEW public."ApiTokens" AS SELECT * FROM apart."ApiTokens";
                CREATE FUNCTION apart.trick() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
                CREATE TRIGGER "Trick" BEFORE DELETE ON apart."ApiTokens" FOR EACH ROW EXECUTE FUNCTION apart.trick()
                """,
                "This program did not make the trigger Trick of the table apart.ApiTokens"),
            ["a rule on a table of another schema"] = (
                """CREATE SCHEMA apart; ALTER TABLE public."ApiTokens" SET SCHEMA apart; CREATE RULE "Trick" AS ON DELETE TO apart."ApiTokens" DO INSTEAD NOTHING""",
                "This program did not make the rule Trick of the table apart.ApiTokens"),
            ["a table moved to another schema, with its like in its place"] = (
                """CREATE SCHEMA apart; ALTER TABLE public."AuditSeals" SET SCHEMA apart; CREATE TABLE public."AuditSeals" (LIKE apart."AuditSeals" INCLUDING ALL); INSERT INTO "AuditSeals" SELECT * FROM apart."AuditSeals" """,
                "There is another table of the name AuditSeals: apart.AuditSeals."),
        };

        private const string SwitchOff = "ALTER TABLE \"AuditEntries\" DISABLE TRIGGER \"AuditEntries_refuse_update_delete\"";

        [Theory]
        [InlineData("citext")]
        [InlineData("hstore")]
        [InlineData("pgcrypto")]
        [InlineData("uuid-ossp")]
        public async Task An_extension_that_no_query_of_ours_can_call_is_not_named(string extension)
        {
            await ExecuteAsync($"CREATE EXTENSION \"{extension}\"");

            Assert.Empty(await FindAsync());
        }

        private static string Set(string what) =>
            $"DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || quote_ident(current_database()) || ' SET {what}'; END $$";

        protected override string Extra(string table) => $"""
            CREATE FUNCTION "Trick"() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RETURN NULL; END $body$;
            CREATE TRIGGER "Trick" BEFORE INSERT ON "{table}" FOR EACH ROW EXECUTE FUNCTION "Trick"();
            """;
    }
}
