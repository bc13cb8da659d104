using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Members;
using FinConsole.Core.Onboarding;
using FinConsole.Core.Profile;
using FinConsole.Core.ServiceTokens;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using FinConsole.Core.UseCases.Idempotency;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>
/// Somebody who can change the schema makes the database drop or alter what is written to it, without any error: no change stands whose
/// entry, whose place in the register or whose record of its key is not there.
/// </summary>
public abstract class UnwrittenEntryTests(CoreHost core) : IAsyncLifetime
{
    private readonly CollectedLogs _logs = new();
    private ServiceProviderOf _console = null!;
    private TestTenant _tenant = null!;

    public async ValueTask InitializeAsync()
    {
        await core.InitializeAsync();
        _tenant = await core.NewTenantAsync();
        _console = new ServiceProviderOf(core.NewInstance(services => services.AddLogging(logging => logging.AddProvider(_logs))));
        Assert.True((await RenameAsync("Before")).Succeeded);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _console.DisposeAsync();
        await core.DisposeAsync();
    }

    // Changes of the schema that keep an entry or its chain's end from being what was written.
    protected abstract IReadOnlyDictionary<string, string> OfEntries { get; }

    // The same of the register, in which the operator's and new logs are listed.
    protected abstract IReadOnlyDictionary<string, string> OfRegister { get; }

    // That drops rows of a table without an error.
    protected abstract string DropsRowsOf(string table);

    [Fact]
    public async Task No_change_stands_without_the_entry_that_was_written_for_it_and_the_operator_is_told()
    {
        var before = await core.AuditAsync(_tenant.Id);
        foreach (var (trick, sql) in OfEntries)
        {
            await using var undo = await TryAsync(sql);

            await ThrowsAsync<AuditChainBrokenException>(trick, () => RenameAsync($"By {trick}"));

            Assert.Equal((trick, "Before"), (trick, (await core.ReadAsync(_tenant.Admin)).DisplayName));
            Assert.Contains(_logs.Entries, entry => entry.Level == LogLevel.Critical && entry.Message.Contains($"{_tenant.Id:D}", StringComparison.Ordinal));
        }

        Assert.Equivalent(before, await core.AuditAsync(_tenant.Id), strict: true);
    }

    [Fact]
    public async Task Nothing_of_the_operator_s_stands_that_the_register_does_not_keep()
    {
        foreach (var (trick, sql) in OfRegister)
        {
            await using var undo = await TryAsync(sql);

            await ThrowsAsync<AuditChainBrokenException>(trick, () => _console.Get<AddTenant>().HandleAsync(new AddTenantRequest(trick, null, "ann@new.example"), Stop));
            if (!trick.StartsWith("new", StringComparison.Ordinal))
                await ThrowsAsync<AuditChainBrokenException>(trick, () => _console.Get<AddServiceToken>().HandleAsync(trick, null, Stop));

            await using var db = core.Db.OpenForOperator();
            Assert.Equal((trick, 1, 0), (trick, await db.Set<Tenant>().CountAsync(Stop), await db.Set<ServiceToken>().CountAsync(Stop)));
        }
    }

    [Fact]
    public async Task Nothing_is_made_under_a_key_whose_record_is_not_kept()
    {
        await using var undo = await TryAsync(DropsRowsOf("OnceRecords"));
        var actor = _tenant.Admin.Actor with { Idempotency = new IdempotencyKey("once", new byte[32]) };
        var before = (await core.AuditAsync(_tenant.Id)).Count;

        await using (var transaction = await _console.Get<AuditedTransactions>().BeginUnguardedAsync(actor, Stop))
        {
            await IdempotencyGuard.RememberAsync(transaction, Guid.CreateVersion7(), Stop);
            transaction.Audit(AuditAction.TokenCreate, AuditLogSubject.Value, new AuditDetails());
            await Assert.ThrowsAsync<AuditChainBrokenException>(() => transaction.CommitAsync(Stop));
        }

        Assert.Equal(before, (await core.AuditAsync(_tenant.Id)).Count);
    }

    [Theory]
    [InlineData("InstanceFacts")]
    [InlineData("AuditHeads")]
    [InlineData("AuditAnchors")]
    [InlineData("AuditSeals")]
    public async Task An_installation_does_not_begin_on_a_database_that_does_not_keep_its_beginning(string table)
    {
        await using var database = await Databases.NewEmptyAsync(core.Provider);
        await using var console = new ServiceProviderOf(CoreHost.BuildServices(core.Provider, database.ConnectionString, core.Time));
        await console.Get<DatabaseMigration>().ApplyAsync(Stop);
        await using var db = console.Get<ConsoleDb>().OpenForOperator();
        await db.Database.ExecuteSqlRawAsync(DropsRowsOf(table), Stop);

        await Assert.ThrowsAsync<InstallationDamagedException>(() => console.Get<OperatorChain>().EnsureAsync(Stop));

        Assert.Equal((0, 0, 0), (await db.Set<InstanceFact>().CountAsync(Stop), await db.Set<AuditAnchor>().CountAsync(Stop), await db.Set<AuditSeal>().CountAsync(Stop)));
    }

    private static async Task ThrowsAsync<T>(string trick, Func<Task> change)
        where T : Exception
    {
        var failure = await Record.ExceptionAsync(change);
        Assert.True(failure is T, $"{trick}: {failure?.ToString() ?? "nothing was refused"}");
    }

    private Task<Core.Common.Result> RenameAsync(string name) =>
        _console.Get<UpdateProfile>().HandleAsync(new ProfileChange(name, null, ThemeChoice.System), _tenant.Admin.Actor, Stop);

    // The file or the schema as it was comes back when the trick has been tried.
    private async Task<IAsyncDisposable> TryAsync(string sql)
    {
        await ExecuteAsync(sql);
        return new Undo(() => ExecuteAsync(UndoneBy(sql)));
    }

    protected abstract string UndoneBy(string sql);

    private async Task ExecuteAsync(string sql)
    {
        await using var db = core.Db.OpenForOperator();
        await db.Database.ExecuteSqlRawAsync(sql, Stop);
    }

    private sealed class Undo(Func<Task> undo) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await undo();
    }

    private sealed class ServiceProviderOf(IServiceProvider services) : IAsyncDisposable
    {
        public T Get<T>()
            where T : notnull => (T)services.GetService(typeof(T))!;

        public async ValueTask DisposeAsync() => await ((IAsyncDisposable)services).DisposeAsync();
    }

    public sealed class OnSqlite() : UnwrittenEntryTests(new SqliteCore())
    {
        protected override IReadOnlyDictionary<string, string> OfEntries => new Dictionary<string, string>
        {
            ["an entry ignored"] = DropsRowsOf("AuditEntries"),
            ["an entry removed at once"] = Trigger("AFTER INSERT ON \"AuditEntries\"", "DELETE FROM \"AuditEntries\" WHERE \"TenantId\" = NEW.\"TenantId\" AND \"Sequence\" = NEW.\"Sequence\""),
            ["an entry altered at once"] = Trigger("AFTER INSERT ON \"AuditEntries\"", "UPDATE \"AuditEntries\" SET \"ActorName\" = 'nobody' WHERE \"TenantId\" = NEW.\"TenantId\" AND \"Sequence\" = NEW.\"Sequence\""),
            ["an entry removed with the notice of the change"] = Trigger("AFTER INSERT ON \"Changes\"", "DELETE FROM \"AuditEntries\" WHERE \"TenantId\" = NEW.\"TenantId\" AND \"Sequence\" > 1"),
            ["an end kept as it was"] = Trigger("BEFORE UPDATE ON \"AuditHeads\"", "SELECT RAISE(IGNORE)"),
            ["an end whose link is kept"] = Trigger("BEFORE UPDATE OF \"Link\" ON \"AuditHeads\"", "SELECT RAISE(IGNORE)"),
            ["an end set back at once"] = Trigger("AFTER UPDATE OF \"Tag\" ON \"AuditHeads\"", "UPDATE \"AuditHeads\" SET \"Link\" = OLD.\"Link\", \"Tag\" = OLD.\"Tag\" WHERE \"TenantId\" = OLD.\"TenantId\""),
            ["an end removed"] = Trigger("AFTER UPDATE OF \"Tag\" ON \"AuditHeads\"", "DELETE FROM \"AuditHeads\" WHERE \"TenantId\" = OLD.\"TenantId\""),
        };

        protected override IReadOnlyDictionary<string, string> OfRegister => new Dictionary<string, string>
        {
            ["the seal kept as it was"] = Trigger("BEFORE UPDATE ON \"AuditSeals\"", "SELECT RAISE(IGNORE)"),
            ["the seal's digest kept"] = Trigger("BEFORE UPDATE OF \"Digest\" ON \"AuditSeals\"", "SELECT RAISE(IGNORE)"),
            ["an anchor kept where it was"] = Trigger("BEFORE UPDATE ON \"AuditAnchors\"", "SELECT RAISE(IGNORE)"),
            ["new anchors ignored"] = DropsRowsOf("AuditAnchors"),
            ["new ends ignored"] = DropsRowsOf("AuditHeads"),
        };

        protected override string DropsRowsOf(string table) => Trigger($"BEFORE INSERT ON \"{table}\"", "SELECT RAISE(IGNORE)");

        protected override string UndoneBy(string sql) => "DROP TRIGGER \"Trick\"";

        private static string Trigger(string when, string does) =>
            $"DROP TRIGGER IF EXISTS \"AuditEntries_refuse_update\"; DROP TRIGGER IF EXISTS \"AuditEntries_refuse_delete\"; CREATE TRIGGER \"Trick\" {when} BEGIN {does}; END";
    }

    public sealed class OnPostgreSql() : UnwrittenEntryTests(new PostgreSqlCore())
    {
        private const string Mine = "\"TenantId\" = NEW.\"TenantId\" AND \"Sequence\" = NEW.\"Sequence\"";

        protected override IReadOnlyDictionary<string, string> OfEntries => new Dictionary<string, string>
        {
            ["an entry ignored"] = DropsRowsOf("AuditEntries"),
            ["an entry ignored by a rule"] = "CREATE RULE \"Trick\" AS ON INSERT TO \"AuditEntries\" DO INSTEAD NOTHING",
            ["an entry written altered"] = Trigger("TRIGGER \"Trick\" BEFORE INSERT ON \"AuditEntries\"", "NEW.\"ActorName\" := 'nobody'; RETURN NEW;"),
            ["an entry removed at once"] = Trigger("TRIGGER \"Trick\" AFTER INSERT ON \"AuditEntries\"", $"DELETE FROM \"AuditEntries\" WHERE {Mine}; RETURN NEW;"),
            ["an entry removed at the commit"] = Trigger(
                "CONSTRAINT TRIGGER \"Trick\" AFTER INSERT ON \"AuditEntries\" DEFERRABLE INITIALLY DEFERRED", $"DELETE FROM \"AuditEntries\" WHERE {Mine}; RETURN NEW;"),
            ["an entry removed with the notice of the change"] = Trigger(
                "TRIGGER \"Trick\" AFTER INSERT ON \"Changes\"", "DELETE FROM \"AuditEntries\" WHERE \"TenantId\" = NEW.\"TenantId\" AND \"Sequence\" > 1; RETURN NEW;"),
            ["an end kept as it was"] = Trigger("TRIGGER \"Trick\" BEFORE UPDATE ON \"AuditHeads\"", "RETURN NULL;"),
            ["an end whose link is kept"] = Trigger("TRIGGER \"Trick\" BEFORE UPDATE ON \"AuditHeads\"", "NEW.\"Link\" := OLD.\"Link\"; RETURN NEW;"),
            ["an end removed"] = Trigger("TRIGGER \"Trick\" AFTER UPDATE OF \"Tag\" ON \"AuditHeads\"", "DELETE FROM \"AuditHeads\" WHERE \"TenantId\" = NEW.\"TenantId\"; RETURN NEW;"),
        };

        protected override IReadOnlyDictionary<string, string> OfRegister => new Dictionary<string, string>
        {
            ["the seal kept as it was"] = Trigger("TRIGGER \"Trick\" BEFORE UPDATE ON \"AuditSeals\"", "RETURN NULL;"),
            ["the seal's digest kept"] = Trigger("TRIGGER \"Trick\" BEFORE UPDATE ON \"AuditSeals\"", "NEW.\"Digest\" := OLD.\"Digest\"; RETURN NEW;"),
            ["an anchor kept where it was"] = Trigger("TRIGGER \"Trick\" BEFORE UPDATE ON \"AuditAnchors\"", "RETURN NULL;"),
            ["new anchors ignored"] = DropsRowsOf("AuditAnchors"),
            ["new ends ignored"] = DropsRowsOf("AuditHeads"),
        };

        protected override string DropsRowsOf(string table) => Trigger($"TRIGGER \"Trick\" BEFORE INSERT ON \"{table}\"", "RETURN NULL;");

        protected override string UndoneBy(string sql) =>
            sql.StartsWith("CREATE RULE", StringComparison.Ordinal) ? "DROP RULE \"Trick\" ON \"AuditEntries\"" : "DROP FUNCTION \"Trick\"() CASCADE";

        private static string Trigger(string trigger, string body) => $"""
            ALTER TABLE "AuditEntries" DISABLE TRIGGER "AuditEntries_refuse_update_delete";
            CREATE FUNCTION "Trick"() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN {body} END $body$;
            CREATE {trigger} FOR EACH ROW EXECUTE FUNCTION "Trick"();
            """;
    }
}
