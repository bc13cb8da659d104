using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>Somebody removes or alters the database's note of its pepper, without which no program starts: verification says so.</summary>
public abstract class PepperNoteTests(CoreHost core) : IAsyncLifetime
{
    private const string Note = "WHERE \"Name\" = 'pepper-fingerprint'";

    public async ValueTask InitializeAsync() => await core.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await core.DisposeAsync();
    }

    [Theory]
    [InlineData($"DELETE FROM \"InstanceFacts\" {Note}", AuditFaultKind.PepperNoteMissing)]
    [InlineData($"UPDATE \"InstanceFacts\" SET \"Name\" = 'Pepper-fingerprint' {Note}", AuditFaultKind.PepperNoteMissing)]
    [InlineData($"UPDATE \"InstanceFacts\" SET \"Value\" = '0123456789abcdef' {Note}", AuditFaultKind.PepperNoteForeign)]
    [InlineData($"UPDATE \"InstanceFacts\" SET \"Value\" = upper(\"Value\") || ' ' {Note}", AuditFaultKind.PepperNoteForeign)]
    [InlineData($"UPDATE \"InstanceFacts\" SET \"Value\" = '' {Note}", AuditFaultKind.PepperNoteForeign)]
    public async Task A_note_that_was_removed_or_altered_is_reported_by_the_command_and_on_the_page(string sql, AuditFaultKind kind)
    {
        var tenant = await core.NewTenantAsync();
        Assert.Null(await PageAsync(tenant));
        await ExecuteAsync(sql);

        var broken = (await core.Get<VerifyEveryChain>().HandleAsync(null, Stop).ToListAsync(Stop)).Where(report => !report.Verdict.Intact);

        Assert.Equal(new ChainReport("pepper", false, new AuditVerdict(0, new AuditFault(0, kind))), Assert.Single(broken));
        Assert.Equal(kind, await PageAsync(tenant));
    }

    [Fact]
    public async Task A_note_of_before_the_register_is_not_that_of_the_pepper_any_more()
    {
        await ExecuteAsync($"UPDATE \"InstanceFacts\" SET \"Value\" = '{core.Get<Pepper>().FingerprintBeforeRegister}' {Note}");

        Assert.Equal(AuditFaultKind.PepperNoteForeign, (await core.Get<PepperNote>().FindFaultAsync(Stop))?.Kind);
    }

    private async Task<AuditFaultKind?> PageAsync(TestTenant tenant) =>
        (await core.Get<VerifyAuditChain>().HandleAsync(null, tenant.Reviewer.Actor, null, Stop)).Value!.Fault?.Kind;

    private async Task ExecuteAsync(string sql)
    {
        await using var db = core.Db.OpenForOperator();
        Assert.Equal(1, await db.Database.ExecuteSqlRawAsync(sql, Stop));
    }

    public sealed class OnSqlite() : PepperNoteTests(new SqliteCore());

    public sealed class OnPostgreSql() : PepperNoteTests(new PostgreSqlCore());
}
