using System.Data.Common;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Data;

/// <summary>On a live SQL Server, which cannot be installed everywhere: skipped unless FINCONSOLE_TEST_SQLSERVER names one.</summary>
public sealed class SqlServerTests : IAsyncDisposable
{
    private SqlServerCore? _core;

    [Theory]
    [InlineData("UPDATE [AuditEntries] SET [ActorName] = 'nobody'")]
    [InlineData("DELETE FROM [AuditEntries]")]
    [InlineData("TRUNCATE TABLE [AuditEntries]")]
    [InlineData("INSERT INTO [AuditEntries] SELECT TOP 1 * FROM [AuditEntries]")]
    public async Task The_log_is_append_only(string sql)
    {
        var core = await StartAsync();
        var tenant = await core.NewTenantAsync();
        await AppendAsync(core, tenant.Id);
        await using var db = core.Db.OpenForOperator();

        await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(sql, Stop));

        Assert.Equal(new AuditVerdict(1, null), await core.Get<ChainVerifier>().VerifyAsync(tenant.Id, null, null, Stop));
    }

    [Fact]
    public async Task Writers_at_once_leave_one_unbroken_chain()
    {
        var core = await StartAsync();
        var tenant = await core.NewTenantAsync();

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => AppendAsync(core, tenant.Id))));

        Assert.Equal(new AuditVerdict(32, null), await core.Get<ChainVerifier>().VerifyAsync(tenant.Id, null, null, Stop));
    }

    [Fact]
    public async Task A_hundred_wrong_passwords_at_once_lock_the_account_after_five()
    {
        var core = await StartAsync();
        var member = (await core.NewTenantAsync()).Developer;
        var hash = CountingHasher.Of(CountingHasher.Iterations).HashPassword(null!, TestMember.Password);
        await core.ChangeAsync(member, row => row.PasswordHash = hash);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(
            () => core.Get<SignInWithPassword>().HandleAsync(member.Email, new($"guess-number-{number:000}"), TestTenants.Origin, Stop))));

        Assert.InRange(core.Hasher.VerificationsOf(hash), 1, 5);
    }

    public async ValueTask DisposeAsync()
    {
        if (_core is not null)
            await _core.DisposeAsync();
    }

    private async Task<SqlServerCore> StartAsync()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Databases.SqlServerVariable) is null, $"{Databases.SqlServerVariable} names no server.");
        _core = new SqlServerCore();
        await _core.InitializeAsync();
        return _core;
    }

    private static async Task AppendAsync(SqlServerCore core, Guid tenant)
    {
        await using var transaction = await core.Get<AuditedTransactions>().BeginUnguardedAsync(Actor.System(tenant, "test"), Stop);
        transaction.Audit(AuditAction.ProfileUpdate, new AuditSubject(AuditResource.Console, null, "Test"), new AuditDetails());
        await transaction.CommitAsync(Stop);
    }
}
