using System.Security.Cryptography;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Tests.Data;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>Somebody puts another key into the place of the one that signs checkpoints. Nobody is handed that one as the installation's.</summary>
public abstract class ForgedKeyTests(CoreHost core) : IAsyncLifetime
{
    private TamperedLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        await core.InitializeAsync();
        _log = await TamperedLog.MakeAsync(core);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await core.DisposeAsync();
    }

    [Theory]
    [InlineData("PublicKey")]
    [InlineData("PrivateKey")]
    [InlineData("both")]
    public async Task A_key_that_was_exchanged_is_neither_handed_out_nor_signed_with(string column)
    {
        await ExchangeAsync(column);

        await RefusesAsync();
    }

    [Fact]
    public async Task A_second_key_that_was_slipped_in_is_neither_handed_out_nor_signed_with()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await _log.ExecuteAsync(
            "INSERT INTO \"CheckpointKeys\" (\"Id\", \"CreatedAt\", \"PublicKey\", \"PrivateKey\") SELECT {0}, \"CreatedAt\" + 1, {1}, \"PrivateKey\" FROM \"CheckpointKeys\"",
            Guid.CreateVersion7(), stranger.ExportSubjectPublicKeyInfo());

        await RefusesAsync();
    }

    // The register then lists what it found.
    [Fact]
    public async Task A_key_that_was_exchanged_before_there_was_a_register_is_found_by_its_other_half()
    {
        await OldRelease.SetBackAsync(core, "HttpApi");
        await ExchangeAsync("PublicKey");
        await core.Get<DatabaseMigration>().ApplyAsync(Stop);
        await core.Get<OperatorChain>().EnsureAsync(Stop);

        await RefusesAsync();
    }

    private async Task ExchangeAsync(string column)
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (column != "PrivateKey")
            await _log.ExecuteAsync("UPDATE \"CheckpointKeys\" SET \"PublicKey\" = {0}", stranger.ExportSubjectPublicKeyInfo());
        if (column != "PublicKey")
            await _log.ExecuteAsync("UPDATE \"CheckpointKeys\" SET \"PrivateKey\" = {0}", stranger.ExportPkcs8PrivateKey());
    }

    private async Task RefusesAsync()
    {
        var before = (await core.AuditAsync(_log.Long.Id)).Count;

        Assert.Equal(CheckpointErrors.KeyAltered, (await core.Get<MakeAuditCheckpoint>().HandleAsync(_log.Long.Reviewer.Actor, Stop)).Error);
        var refusal = await Assert.ThrowsAsync<AuditChainBrokenException>(() => core.Get<CheckpointSigner>().PublicKeyAsync(Stop));

        Assert.Equal(CheckpointErrors.KeyAltered.Message, refusal.Message);
        Assert.Equal(before, (await core.AuditAsync(_log.Long.Id)).Count);
    }

    public sealed class OnSqlite() : ForgedKeyTests(new SqliteCore());

    public sealed class OnPostgreSql() : ForgedKeyTests(new PostgreSqlCore());
}
