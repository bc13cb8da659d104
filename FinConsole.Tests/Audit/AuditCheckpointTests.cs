using System.Security.Cryptography;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Members;
using FinConsole.Core.Profile;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>Checkpoints: made, kept elsewhere, brought back.</summary>
public abstract class AuditCheckpointTests(CoreHost core)
{
    [Fact]
    public async Task States_the_end_of_the_log_signed_and_leaves_the_entry_after_it()
    {
        var tenant = await TenantAsync();
        AuditHead head;
        await using (var db = core.Db.Open(tenant.Id))
            head = await db.Set<AuditHead>().AsNoTracking().SingleAsync(Stop);

        AuditCheckpoint checkpoint = null!;
        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => checkpoint = await MakeAsync(tenant)));

        Assert.Equal((tenant.Id, head.Size, Convert.ToHexStringLower(head.Link)), (checkpoint.TenantId, checkpoint.Size, checkpoint.Head));
        Assert.Equal((AuditAction.AuditCheckpoint, AuditResult.Success), (entry.Action, entry.Result));
        Assert.True(CheckpointSigner.IsSignedBy(checkpoint, Convert.FromBase64String(checkpoint.PublicKey)));
    }

    [Fact]
    public async Task Survives_a_file_and_still_fits_a_log_that_has_grown()
    {
        var tenant = await TenantAsync();
        var kept = AuditCheckpoint.Parse((await MakeAsync(tenant)).ToJson());
        await RenameAsync(tenant, "Later");

        Assert.True((await VerifyAsync(tenant.Id, kept!)).Intact);
    }

    [Fact]
    public async Task Is_signed_in_a_form_that_other_programs_can_check()
    {
        var checkpoint = await MakeAsync(await TenantAsync());

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(checkpoint.PublicKey), out _);
        Assert.Equal(256, key.KeySize);
        var text = $"finconsole-checkpoint-v1\n{checkpoint.TenantId:D}\n{checkpoint.Size}\n{checkpoint.Head}\n{checkpoint.At.UtcTicks}\n{checkpoint.KeyId:D}\n";
        Assert.True(key.VerifyData(
            System.Text.Encoding.UTF8.GetBytes(text), Convert.FromBase64String(checkpoint.Signature), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    [Fact]
    public async Task Is_refused_when_any_part_of_it_was_changed()
    {
        var tenant = await TenantAsync();
        var checkpoint = await MakeAsync(tenant);
        AuditCheckpoint[] changed =
        [
            checkpoint with { Size = checkpoint.Size - 1 },
            checkpoint with { Head = new string('0', 64) },
            checkpoint with { At = checkpoint.At.AddTicks(1) },
            checkpoint with { KeyId = Guid.Empty },
            checkpoint with { Signature = "" },
            checkpoint with { Signature = "no base64!" },
            checkpoint with { Signature = Convert.ToBase64String(new byte[64]) },
            checkpoint with { Signature = Convert.ToBase64String(new byte[4000]) },
        ];

        foreach (var each in changed)
            Assert.Equal(AuditFaultKind.CheckpointForeign, (await VerifyAsync(tenant.Id, each)).Fault?.Kind);
    }

    [Fact]
    public async Task Is_refused_when_somebody_else_signed_it()
    {
        var tenant = await TenantAsync();
        var checkpoint = await MakeAsync(tenant);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = checkpoint with { Size = 1, PublicKey = Convert.ToBase64String(stranger.ExportSubjectPublicKeyInfo()) };
        forged = forged with { Signature = Convert.ToBase64String(stranger.SignData(forged.SignedBytes(), HashAlgorithmName.SHA256)) };

        Assert.Equal(AuditFaultKind.CheckpointForeign, (await VerifyAsync(tenant.Id, forged)).Fault?.Kind);
    }

    [Fact]
    public async Task Is_refused_for_another_tenant()
    {
        var checkpoint = await MakeAsync(await TenantAsync());

        Assert.Equal(AuditFaultKind.CheckpointForeign, (await VerifyAsync((await TenantAsync()).Id, checkpoint)).Fault?.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"tenantId\":\"x\"}")]
    [InlineData("\0")]
    public void A_file_that_is_no_checkpoint_is_none(string text) => Assert.Null(AuditCheckpoint.Parse(text));

    private async Task<TestTenant> TenantAsync()
    {
        var tenant = await core.NewTenantAsync();
        await RenameAsync(tenant, "One");
        await RenameAsync(tenant, "Two");
        return tenant;
    }

    private async Task RenameAsync(TestTenant tenant, string name) =>
        Assert.True((await core.Get<UpdateProfile>().HandleAsync(new ProfileChange(name, null, ThemeChoice.System), tenant.Admin.Actor, Stop)).Succeeded);

    private async Task<AuditCheckpoint> MakeAsync(TestTenant tenant)
    {
        var made = await core.Get<MakeAuditCheckpoint>().HandleAsync(tenant.Reviewer.Actor, Stop);
        Assert.True(made.Succeeded);
        return made.Value;
    }

    private Task<AuditVerdict> VerifyAsync(Guid tenant, AuditCheckpoint checkpoint) => core.Get<ChainVerifier>().VerifyAsync(tenant, checkpoint, null, Stop);

    public sealed class OnSqlite(SqliteCore core) : AuditCheckpointTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : AuditCheckpointTests(core), IClassFixture<PostgreSqlCore>;
}
