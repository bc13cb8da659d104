using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SavedViews;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using FinConsole.Tests.Team;
using Microsoft.Data.Sqlite;
using Xunit;

namespace FinConsole.Tests.Architecture.RoleMatrix;

/// <summary>A tenant in which every use case can succeed: one row of each kind that use cases are told the id of.</summary>
internal sealed record Scene(CoreHost Core, TestTenant Tenant)
{
    /// <summary>A live token.</summary>
    public Guid Token { get; init; } = Guid.NewGuid();

    /// <summary>A token that waits to be saved by the asker, where they may make any.</summary>
    public Guid PendingToken { get; init; } = Guid.NewGuid();

    /// <summary>A token with a successor, in its overlap.</summary>
    public Guid RotatedToken { get; init; } = Guid.NewGuid();

    public Guid Key { get; init; } = Guid.NewGuid();

    /// <summary>A developer with a second factor.</summary>
    public Guid Member { get; init; } = Guid.NewGuid();

    public Guid FormerMember { get; init; } = Guid.NewGuid();

    public Guid Invitation { get; init; } = Guid.NewGuid();

    /// <summary>A shared view of the audit log.</summary>
    public Guid View { get; init; } = Guid.NewGuid();

    /// <summary>Another session of the asker's.</summary>
    public Guid Session { get; init; } = Guid.NewGuid();

    /// <summary>An attempt on <see cref="Member"/>'s account.</summary>
    public long Attempt { get; init; } = long.MaxValue / 2;

    /// <summary>The asker's phone, where a line's preparation has set one up.</summary>
    public Authenticator? Phone { get; set; }

    public T Get<T>()
        where T : notnull => Core.Get<T>();

    public static Actor ActorOf(TestTenant tenant, Role role) => role switch
    {
        Role.TenantAdmin => tenant.Admin.Actor,
        Role.Developer => tenant.Developer.Actor,
        Role.SecurityReviewer => tenant.Reviewer.Actor,
        Role.Cashier => tenant.Cashier.Actor,
    };

    public static async Task<Scene> NewAsync(CoreHost core, Role asker)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        // The installation's own, made by whoever asks first.
        await core.Get<CheckpointSigner>().FindOrMakeKeyAsync(Stop);
        await core.SetPolicyAsync(tenant);
        var rotated = await core.MakeTokenAsync(tenant, "Payroll");
        await core.RotateAsync(tenant, rotated.Token.Id);
        var member = await core.NewMemberAsync(tenant.Id, Role.Developer, $"target@{tenant.Id:N}.example");
        await core.ChangeAsync(member, row => row.TwoFactorEnabled = true);
        var former = await core.NewMemberAsync(tenant.Id, Role.Developer, $"former@{tenant.Id:N}.example");
        await core.ChangeAsync(former, row => row.DeactivatedAt = core.Time.GetUtcNow());
        var actor = ActorOf(tenant, asker);
        return new Scene(core, tenant)
        {
            Token = (await core.MakeTokenAsync(tenant, "Checkout")).Token.Id,
            PendingToken = await MakePendingAsync(core, tenant, asker),
            RotatedToken = rotated.Token.Id,
            Key = (await core.CurrentKeyAsync(tenant)).Id,
            Member = member.Id,
            FormerMember = former.Id,
            Invitation = (await core.InviteAsync(tenant, $"invited@{tenant.Id:N}.example")).Id,
            View = (await core.Get<SaveView>().HandleAsync(new SaveViewRequest(SavedViewList.AuditLog, "Failures", "q=result:failure", Shared: true), tenant.Admin.Actor, Stop)).Value,
            Attempt = await AddAttemptAsync(core, member),
            Session = (await core.NewSessionAsync(new TestMember(actor.Id, tenant.Id, "", actor.Name, asker, actor))).SessionId!.Value,
        };
    }

    /// <summary>All rows of all tenants, but for the audit log's.</summary>
    public static async Task<string> SnapshotAsync(CoreHost core)
    {
        await using var connection = new SqliteConnection(core.ConnectionString);
        await connection.OpenAsync(Stop);
        var tables = await ReadAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('AuditEntries', 'AuditHeads')");
        Assert.True(tables.Count > 10);
        var rows = new List<string>();
        foreach (var table in tables)
            rows.AddRange((await ReadAsync(connection, $"SELECT * FROM \"{table}\"")).Select(row => $"{table} {row}"));
        return string.Join('\n', rows);
    }

    private static async Task<long> AddAttemptAsync(CoreHost core, TestMember member)
    {
        var attempt = core.Get<LoginRecorder>().Attempt(new AttemptedAccount(member.TenantId, member.Id, member.Email), SignInChannel.Console, LoginOutcome.WrongPassword, TestTenants.Origin);
        await core.Get<LoginRecorder>().RecordAsync(attempt);
        return attempt.Id;
    }

    private static async Task<Guid> MakePendingAsync(CoreHost core, TestTenant tenant, Role asker)
    {
        var maker = asker == Role.TenantAdmin ? tenant.Admin : tenant.Developer;
        var made = await core.Get<CreateApiToken>().HandleAsync(TokenSteps.RequestFor(tenant, "Ledger"), maker.Actor, Stop);
        Assert.True(made.Succeeded, made.Error?.ToString());
        return made.Value.Token.Id;
    }

    private static async Task<List<string>> ReadAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var rows = new List<string>();
        while (await reader.ReadAsync(Stop))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount)
                .Select(column => reader.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(column).ToString())));
        }

        return rows;
    }
}
