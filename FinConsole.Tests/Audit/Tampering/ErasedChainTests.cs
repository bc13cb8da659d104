using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Onboarding;
using FinConsole.Core.ServiceTokens;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>Somebody who can change every table, and has copies of what they held before, makes logs vanish or begin anew.</summary>
public abstract class ErasedChainTests(CoreHost core) : IAsyncLifetime
{
    private static readonly string[] Kept = ["AuditEntries", "AuditHeads", "AuditAnchors", "AuditSeals"];

    private TamperedLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        await core.InitializeAsync();
        _log = await TamperedLog.MakeAsync(core);
        await _log.DropTriggersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await core.DisposeAsync();
    }

    [Fact]
    public async Task An_untouched_installation_is_intact_with_every_log_listed_and_stays_so_while_it_is_used()
    {
        string[] logs = [TamperedLog.FoundedName, _log.Long.Name, _log.Short.Name, "operator"];
        Assert.Equal(logs.Select(name => (name, true)).ToHashSet(), (await StatesAsync()).ToHashSet());

        await core.AppendAsync(_log.Short.Id, 3, _ => new AuditShape());
        Assert.True(await core.Get<AnchorChains>().RunAsync(Stop));
        await core.Get<OperatorChain>().EnsureAsync(Stop);

        Assert.All(await _log.VerifyAsync(_log.Checkpoint), report => Assert.True(report.Verdict.Intact, report.ToString()));
        await using var db = core.Db.OpenForOperator();
        Assert.Equal(15, (await db.Set<AuditAnchor>().SingleAsync(anchor => anchor.TenantId == _log.Short.Id, Stop)).Size);
    }

    [Fact]
    public async Task The_operator_s_log_is_never_begun_anew_and_what_it_would_record_does_not_happen()
    {
        await EraseAsync(Tenant.Operator);

        await core.Get<OperatorChain>().EnsureAsync(Stop);

        Assert.Equal(AuditFaultKind.ChainMissing, await FaultAsync("operator"));
        await Assert.ThrowsAsync<AuditChainBrokenException>(() => core.Get<AddServiceToken>().HandleAsync("Second", null, Stop));
        await Assert.ThrowsAsync<AuditChainBrokenException>(
            () => core.Get<AddTenant>().HandleAsync(new AddTenantRequest("Late", null, "late@late.example"), Stop));
        await using var db = core.Db.OpenForOperator();
        Assert.Equal((1, 0), (await db.Set<ServiceToken>().CountAsync(Stop), await db.Set<Tenant>()
            .CountAsync(tenant => tenant.Name == "Late", Stop)));
        Assert.Equal(AuditFaultKind.ChainMissing, await FaultAsync("operator"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AuditSeals")]
    [InlineData("AuditAnchors AuditSeals")]
    [InlineData("AuditAnchors AuditSeals AuditHeads AuditEntries")]
    [InlineData("AuditAnchors AuditSeals AuditHeads AuditEntries CheckpointKeys ServiceTokens")]
    public async Task A_register_that_was_removed_with_logs_is_missed_and_not_made_anew(string tables)
    {
        await EraseAsync(Tenant.Operator);
        foreach (var table in tables.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            await _log.ExecuteAsync($"DELETE FROM \"{table}\"");

        await core.Get<OperatorChain>().EnsureAsync(Stop);
        await core.Get<AnchorChains>().RunAsync(Stop);
        await core.Get<OperatorChain>().EnsureAsync(Stop);

        Assert.Equal(AuditFaultKind.ChainMissing, await FaultAsync("operator"));
        Assert.Equal(tables != "", (await StatesAsync()).All(state => !state.Intact));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_note_of_the_pepper_that_was_removed_or_set_back_begins_nothing(bool setBack)
    {
        foreach (var table in (string[])["AuditAnchors", "AuditSeals"])
            await _log.ExecuteAsync($"DELETE FROM \"{table}\"");
        await EraseAsync(Tenant.Operator);
        if (setBack)
        {
            await _log.ExecuteAsync("UPDATE \"InstanceFacts\" SET \"Value\" = {0} WHERE \"Name\" = {1}", core.Get<Pepper>()
            .FingerprintBeforeRegister, InstanceFact.PepperFingerprint);
            await core.Get<OperatorChain>().EnsureAsync(Stop);
        }
        else
        {
            await _log.ExecuteAsync("DELETE FROM \"InstanceFacts\"");
            await Assert.ThrowsAsync<InstallationDamagedException>(() => core.Get<OperatorChain>().EnsureAsync(Stop));
        }

        Assert.All(await StatesAsync(), state => Assert.False(state.Intact, state.Name));
        await using var db = core.Db.OpenForOperator();
        Assert.False(await db.Set<AuditSeal>().AnyAsync(Stop));
    }

    [Theory]
    [InlineData(false, false, AuditFaultKind.ChainMissing)]
    [InlineData(true, false, AuditFaultKind.ChainMissing)]
    [InlineData(true, true, AuditFaultKind.ChainMissing)]
    public async Task A_tenant_s_log_that_was_removed_is_reported_by_name_even_without_tenant_and_register(
        bool tenantToo, bool registerToo, AuditFaultKind fault)
    {
        await EraseAsync(_log.Founded);
        if (tenantToo)
            await RemoveTenantAsync(_log.Founded);
        if (registerToo)
            await _log.ExecuteAsync("DELETE FROM \"AuditAnchors\" WHERE \"TenantId\" = {0}", _log.Founded);

        Assert.Equal(fault, await FaultAsync(TamperedLog.FoundedName));
        var others = (await StatesAsync()).Where(state => state.Name != TamperedLog.FoundedName);
        Assert.All(others, state => Assert.Equal((state.Name, !registerToo), state));
        if (registerToo)
            Assert.Equal(AuditFaultKind.RegisterCut, await FaultAsync(_log.Long.Name));
    }

    [Fact]
    public async Task A_tenant_that_was_removed_alone_or_renamed_is_reported()
    {
        await _log.ExecuteAsync("UPDATE \"Tenants\" SET \"Name\" = 'Somebody else' WHERE \"Id\" = {0}", _log.Short.Id);
        await RemoveTenantAsync(_log.Founded);

        Assert.Equal(AuditFaultKind.TenantMissing, await FaultAsync(TamperedLog.FoundedName));
        Assert.Equal(AuditFaultKind.TenantAltered, await FaultAsync("Somebody else"));
        // So does who verifies one log alone, on the page too.
        Assert.Equal(AuditFaultKind.TenantAltered, (await core.Get<ChainVerifier>().VerifyAsync(_log.Short.Id, null, null, Stop)).Fault?.Kind);
        Assert.Equal(AuditFaultKind.TenantMissing, (await core.Get<ChainVerifier>().VerifyAsync(_log.Founded, null, null, Stop)).Fault?.Kind);
        Assert.Equal(AuditFaultKind.TenantAltered, (await core.Get<VerifyAuditChain>().HandleAsync(null, _log.Short.Reviewer.Actor, null, Stop)).Value!.Fault?.Kind);
        Assert.Null((await core.Get<ChainVerifier>().VerifyAsync(_log.Long.Id, null, null, Stop)).Fault);
    }

    [Fact]
    public async Task A_log_set_back_to_an_end_that_was_genuine_contradicts_the_register_however_it_grows_again()
    {
        await CopyAsync();
        await core.AppendAsync(_log.Short.Id, 5, _ => new AuditShape());
        Assert.True(await core.Get<AnchorChains>().RunAsync(Stop));
        await SetBackAsync(_log.Short.Id);
        Assert.Equal(AuditFaultKind.TailCut, await FaultAsync(_log.Short.Name));

        await core.AppendAsync(_log.Short.Id, 9, _ => new AuditShape(ActorId: Guid.Parse("0190a000-0000-7000-8000-00000000ffff")));
        Assert.True(await core.Get<AnchorChains>().RunAsync(Stop));

        Assert.Equal(AuditFaultKind.AnchorContradicted, await FaultAsync(_log.Short.Name));
    }

    [Fact]
    public async Task A_register_set_back_together_with_a_log_contradicts_every_log_that_was_written_to_since()
    {
        await CopyAsync();
        await core.AppendAsync(_log.Short.Id, 5, _ => new AuditShape());
        Assert.True(await core.Get<AnchorChains>().RunAsync(Stop));
        await RenameSomebodyAsync();
        await SetBackAsync(_log.Short.Id);
        await _log.ExecuteAsync("DELETE FROM \"AuditAnchors\"; DELETE FROM \"AuditSeals\"; INSERT INTO \"AuditAnchors\" SELECT * FROM \"OldAuditAnchors\"; INSERT INTO \"AuditSeals\" SELECT * FROM \"OldAuditSeals\"");

        Assert.Equal(AuditFaultKind.RegisterSetBack, await FaultAsync(_log.Short.Name));
        // Nor does the program lead it on until nothing is left to contradict it.
        for (var round = 0; round < 5; round++)
        {
            await RenameSomebodyAsync();
            Assert.False(await core.Get<AnchorChains>().RunAsync(Stop));
            await core.Get<AddServiceToken>().HandleAsync($"Another {round}", null, Stop);
        }

        Assert.Equal(AuditFaultKind.RegisterSetBack, await FaultAsync(_log.Short.Name));
    }

    [Fact]
    public async Task Appending_to_a_log_whose_end_was_forged_does_not_make_it_good()
    {
        await RenameSomebodyAsync();
        await _log.ExecuteAsync(
            "DELETE FROM \"AuditEntries\" WHERE \"TenantId\" = {0} AND \"Sequence\" > 30; "
            + "UPDATE \"AuditHeads\" SET \"Size\" = 30, \"Link\" = (SELECT \"Link\" FROM \"AuditEntries\" WHERE \"TenantId\" = {0} AND \"Sequence\" = 30) WHERE \"TenantId\" = {0}",
            _log.Long.Id);

        await RenameSomebodyAsync();

        Assert.Equal(AuditFaultKind.HeadForged, await FaultAsync(_log.Long.Name));
    }

    [Fact]
    public async Task Logs_that_changed_places_are_both_reported()
    {
        foreach (var table in (string[])["AuditEntries", "AuditHeads"])
        {
            await _log.ExecuteAsync(
                $"UPDATE \"{table}\" SET \"TenantId\" = {{2}} WHERE \"TenantId\" = {{0}}; UPDATE \"{table}\" SET \"TenantId\" = {{0}} WHERE \"TenantId\" = {{1}}; "
                + $"UPDATE \"{table}\" SET \"TenantId\" = {{1}} WHERE \"TenantId\" = {{2}}",
                _log.Long.Id, _log.Short.Id, Guid.Parse("0190a000-0000-7000-8000-00000000dead"));
        }

        Assert.Equal((AuditFaultKind.Altered, AuditFaultKind.Altered),
            (await FaultAsync(_log.Long.Name), await FaultAsync(_log.Short.Name)));
    }

    [Fact]
    public async Task A_key_that_signed_checkpoints_is_not_replaced_when_it_is_gone()
    {
        await _log.ExecuteAsync("DELETE FROM \"CheckpointKeys\"");

        Assert.Equal(CheckpointErrors.KeyMissing, (await core.Get<MakeAuditCheckpoint>().HandleAsync(_log.Long.Reviewer.Actor, Stop))
            .Error);
        await Assert.ThrowsAsync<AuditChainBrokenException>(() => core.Get<CheckpointSigner>().PublicKeyAsync(Stop));
        Assert.Equal(AuditFaultKind.KeysCut, await FaultAsync("operator"));
    }

    [Fact]
    public async Task A_tenant_that_somebody_slipped_in_with_a_log_of_its_own_is_reported()
    {
        await using (var db = core.Db.Open(Tenant.Operator))
        {
            var id = new Guid("0190a000-0000-7000-8000-00000000beef");
            db.Add(new Tenant { Id = id, Name = "Slipped in", NameKey = "slipped in", CreatedAt = core.Time.GetUtcNow() });
            db.Add(new AuditHead { TenantId = id, Size = 0, Link = AuditChain.Origin, Tag = new byte[32] });
            await db.SaveChangesAsync(Stop);
        }

        Assert.NotNull(await FaultAsync("Slipped in"));
        Assert.All((await StatesAsync()).Where(state => state.Name != "Slipped in"), state => Assert.True(state.Intact, state.Name));
    }

    private async Task<List<(string Name, bool Intact)>> StatesAsync() =>
        [.. (await _log.VerifyAsync()).Select(report => (report.Name, report.Verdict.Intact))];

    private async Task<AuditFaultKind?> FaultAsync(string name) => (await _log.VerifyAsync()).Single(report => report.Name == name)
        .Verdict.Fault?.Kind;

    private Task EraseAsync(Guid tenantId) =>
        _log.ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"TenantId\" = {0}; DELETE FROM \"AuditHeads\" WHERE \"TenantId\" = {0}",
            tenantId);

    private async Task RemoveTenantAsync(Guid tenantId)
    {
        await _log.ExecuteAsync(
            "DELETE FROM \"Invitations\" WHERE \"TenantId\" = {0}; DELETE FROM \"EncryptionKeys\" WHERE \"TenantId\" = {0}; DELETE FROM \"Tenants\" WHERE \"Id\" = {0}", tenantId);
    }

    // Copies of the tables as they are now, for later.
    private async Task CopyAsync()
    {
        foreach (var table in Kept)
            await _log.ExecuteAsync($"CREATE TABLE \"Old{table}\" AS SELECT * FROM \"{table}\"");
    }

    private Task SetBackAsync(Guid tenantId) => _log.ExecuteAsync(
        "DELETE FROM \"AuditEntries\" WHERE \"TenantId\" = {0}; INSERT INTO \"AuditEntries\" SELECT * FROM \"OldAuditEntries\" WHERE \"TenantId\" = {0}; "
        + "DELETE FROM \"AuditHeads\" WHERE \"TenantId\" = {0}; INSERT INTO \"AuditHeads\" SELECT * FROM \"OldAuditHeads\" WHERE \"TenantId\" = {0}",
        tenantId);

    private async Task RenameSomebodyAsync()
    {
        var change = new Core.Profile.ProfileChange($"Name {Interlocked.Increment(ref _names)}", null, Core.Members.ThemeChoice.System);
        Assert.True((await core.Get<Core.Profile.UpdateProfile>().HandleAsync(change, _log.Long.Admin.Actor, Stop)).Succeeded);
    }

    private int _names;

    public sealed class OnSqlite() : ErasedChainTests(new SqliteCore());

    public sealed class OnPostgreSql() : ErasedChainTests(new PostgreSqlCore());
}
