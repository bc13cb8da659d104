using FinConsole.Core.AuditLog;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Data.PostgreSql;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace FinConsole.Tests.Data;

/// <summary>Notices of other instances' commits, on a real PostgreSQL.</summary>
public sealed class PostgreSqlChangeListenerTests(PostgreSqlCore core) : IClassFixture<PostgreSqlCore>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _woken = new(0);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wakes_at_a_commit_and_not_at_a_change_that_is_undone()
    {
        var tenant = await core.NewTenantAsync();
        using var listener = await StartAsync();

        await using (var undone = await ChangeAsync(tenant.Id))
        {
            await undone.Db.SaveChangesAsync(Stop);
        }

        Assert.Equal(0, _woken.CurrentCount);
        await using (var done = await ChangeAsync(tenant.Id))
        {
            await done.CommitAsync(Stop);
        }

        Assert.True(await _woken.WaitAsync(Patience, Stop));
        await listener.StopAsync(Stop);
    }

    [Fact]
    public async Task Listens_again_after_its_connection_was_cut()
    {
        var tenant = await core.NewTenantAsync();
        using var listener = await StartAsync();

        var first = await ListensAsync();
        Assert.Equal(1, await AskAsync($"SELECT count(*) FROM (SELECT pg_terminate_backend({first})) AS cut"));
        await ListensAsync(otherThan: first);
        await using (var done = await ChangeAsync(tenant.Id))
        {
            await done.CommitAsync(Stop);
        }

        Assert.True(await _woken.WaitAsync(Patience, Stop));
        await listener.StopAsync(Stop);
    }

    private async Task<PostgreSqlChangeListener> StartAsync()
    {
        var listener = new PostgreSqlChangeListener(core.ConnectionString, () => _woken.Release(), TimeProvider.System, NullLogger<PostgreSqlChangeListener>.Instance);
        await listener.StartAsync(Stop);
        await ListensAsync();
        return listener;
    }

    private async Task<AuditedTransaction> ChangeAsync(Guid tenantId)
    {
        var transaction = await core.Get<AuditedTransactions>().BeginUnguardedAsync(Actor.System(tenantId, "test"), Stop);
        transaction.Audit(AuditAction.ProfileUpdate, new AuditSubject(AuditResource.Console, null, "Test"), new AuditDetails());
        transaction.Announce(ChangeKind.Token, Guid.NewGuid());
        return transaction;
    }

    // The server says who listens: the last that such a connection ran is its LISTEN.
    private async Task<long> ListensAsync(long otherThan = 0)
    {
        long process;
        do
            process = await AskAsync($"SELECT COALESCE(MAX(pid), 0)::bigint FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle' AND pid <> {otherThan}");
        while (process == 0);
        return process;
    }

    private async Task<long> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(core.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
