using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Tests.Fixtures;

/// <summary>A tenant with a member of each role, all signed in.</summary>
public sealed record TestTenant(Guid Id, string Name, TestMember Admin, TestMember Developer, TestMember Reviewer, TestMember Cashier);

/// <summary>A member with a live session.</summary>
public sealed record TestMember(Guid Id, Guid TenantId, string Name, string Email, Role Role, Actor Actor)
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "violet-kettle-orbit-47";

    public static Secret Secret => new(Password);
}

/// <summary>Fills databases for tests.</summary>
public static class TestTenants
{
    public static readonly RequestOrigin Origin = new("203.0.113.7", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "test");

    private static readonly string PasswordHash = CountingHasher.Of(CountingHasher.Iterations).HashPassword(null!, TestMember.Password);
    private static int _number;

    /// <summary>Makes a tenant and its four members directly, without onboarding's second of RSA.</summary>
    public static Task<TestTenant> NewTenantAsync(this CoreHost core) => NewTenantAsync(core.Services);

    /// <summary>The same in any host.</summary>
    public static async Task<TestTenant> NewTenantAsync(IServiceProvider services)
    {
        var number = Interlocked.Increment(ref _number);
        var time = services.GetRequiredService<TimeProvider>();
        var id = Ids.New(time);
        var domain = $"tenant{number}.example";
        var tenant = new Tenant { Id = id, Name = $"Tenant {number}", NameKey = $"tenant {number}", Domain = domain, CreatedAt = time.GetUtcNow() };
        await using (var db = services.GetRequiredService<ConsoleDb>().Open(id))
        {
            using var turn = await services.GetRequiredService<WriteQueue>().EnterAsync(db.Dialect, CancellationToken.None);
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(tenant);
            db.Add(OperatorChain.NewHead(services.GetRequiredService<AuditChain>(), id));
            await db.SaveChangesAsync();
            await services.GetRequiredService<ChainRegister>().AddAsync(db, tenant.Name, tenant.CreatedAt, new ChainEnd(id, 0, AuditChain.Origin), operatorEnd: null, CancellationToken.None);
            await transaction.CommitAsync();
        }

        return new TestTenant(
            id,
            $"Tenant {number}",
            await NewMemberAsync(services, id, Role.TenantAdmin, $"admin@{domain}"),
            await NewMemberAsync(services, id, Role.Developer, $"developer@{domain}"),
            await NewMemberAsync(services, id, Role.SecurityReviewer, $"reviewer@{domain}"),
            await NewMemberAsync(services, id, Role.Cashier, $"cashier@{domain}"));
    }

    /// <summary>Adds a member with <see cref="TestMember.Password"/> and a live session.</summary>
    public static Task<TestMember> NewMemberAsync(this CoreHost core, Guid tenantId, Role role, string email) => NewMemberAsync(core.Services, tenantId, role, email);

    /// <summary>The same in any host.</summary>
    public static async Task<TestMember> NewMemberAsync(IServiceProvider services, Guid tenantId, Role role, string email)
    {
        var row = new NewMember(services.GetRequiredService<TimeProvider>()).Make(tenantId, $"The {role.DisplayName().ToLowerInvariant()}", email, role, PasswordHash);
        await using (var db = services.GetRequiredService<ConsoleDb>().Open(tenantId))
        {
            db.Add(row);
            await db.SaveChangesAsync();
        }

        var member = new TestMember(row.Id, tenantId, row.DisplayName, row.Email!, role, Actor.System(tenantId, ""));
        return member with { Actor = await NewSessionAsync(services, member) };
    }

    /// <summary>Signs the member in on one more device; returns the actor of that session.</summary>
    public static Task<Actor> NewSessionAsync(this CoreHost core, TestMember member) => NewSessionAsync(core.Services, member);

    /// <summary>The same in any host.</summary>
    public static async Task<Actor> NewSessionAsync(IServiceProvider services, TestMember member)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var now = time.GetUtcNow();
        var session = new MemberSession
        {
            Id = Ids.New(time),
            TenantId = member.TenantId,
            MemberId = member.Id,
            CreatedAt = now,
            LastSeenAt = now,
            ConfirmedAt = now,
            ExpiresAt = now + SessionLimits.Default.Absolute,
            Ip = Origin.Ip,
            Device = "Firefox on Linux",
        };
        await using var db = services.GetRequiredService<ConsoleDb>().Open(member.TenantId);
        db.Add(session);
        await db.SaveChangesAsync();
        return new Actor(ActorKind.Account, member.TenantId, member.Id, member.Email, session.Id, Origin);
    }

    /// <summary>The tenant's whole audit log, oldest first.</summary>
    public static async Task<List<AuditEntry>> AuditAsync(this CoreHost core, Guid tenantId)
    {
        await using var db = core.Db.Open(tenantId);
        return await db.Set<AuditEntry>().AsNoTracking().OrderBy(entry => entry.Sequence).ToListAsync();
    }

    /// <summary>The entries that <paramref name="act"/> adds to the tenant's log.</summary>
    public static async Task<List<AuditEntry>> AuditOfAsync(this CoreHost core, Guid tenantId, Func<Task> act)
    {
        var before = (await core.AuditAsync(tenantId)).Count;
        await act();
        return (await core.AuditAsync(tenantId))[before..];
    }

    /// <summary>What every instance is told about this subject, in order.</summary>
    public static async Task<List<Change>> ChangesOfAsync(this CoreHost core, Guid subject)
    {
        await using var db = core.Db.OpenForOperator();
        return await db.Set<Change>().AsNoTracking().Where(change => change.SubjectId == subject).OrderBy(change => change.Number).ToListAsync();
    }

    /// <summary>The tries to get in that this tenant's history holds, oldest first.</summary>
    public static async Task<List<LoginAttempt>> AttemptsAsync(this CoreHost core, Guid tenantId)
    {
        await using var db = core.Db.Open(tenantId);
        return await db.Set<LoginAttempt>().AsNoTracking().OrderBy(attempt => attempt.Id).ToListAsync();
    }

    /// <summary>Reads one member's row.</summary>
    public static async Task<ConsoleUser> ReadAsync(this CoreHost core, TestMember member)
    {
        await using var db = core.Db.Open(member.TenantId);
        return await db.Set<ConsoleUser>().AsNoTracking().SingleAsync(row => row.Id == member.Id);
    }

    /// <summary>Changes one member's row behind the program's back.</summary>
    public static async Task ChangeAsync(this CoreHost core, TestMember member, Action<ConsoleUser> change)
    {
        await using var db = core.Db.Open(member.TenantId);
        change(await db.Set<ConsoleUser>().SingleAsync(row => row.Id == member.Id));
        await db.SaveChangesAsync();
    }
}
