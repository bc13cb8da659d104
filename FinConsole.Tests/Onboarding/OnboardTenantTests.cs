using System.Security.Cryptography;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Core.Onboarding;
using FinConsole.Core.SignIn;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Onboarding;

public abstract class OnboardTenantTests(CoreHost core)
{
    private static int _number;

    [Fact]
    public async Task Makes_tenant_admin_key_pair_and_the_first_entry()
    {
        var request = NewRequest();

        var made = (await OnboardAsync(request)).Value!;

        await using var db = core.Db.Open(made.TenantId);
        var tenant = await db.Set<Tenant>().SingleAsync(row => row.Id == made.TenantId, Stop);
        Assert.Equal((request.TenantName, request.Domain), (tenant.Name, tenant.Domain));
        var admin = await db.Set<ConsoleUser>().SingleAsync(Stop);
        Assert.Equal((made.AdminId, Role.TenantAdmin, request.AdminName), (admin.Id, admin.Role, admin.DisplayName));
        var entry = Assert.Single(await core.AuditAsync(made.TenantId));
        Assert.Equal((AuditAction.TenantOnboard, made.TenantId), (entry.Action, entry.ResourceId));
        Assert.Equal(new AuditVerdict(1, null), await core.Get<ChainVerifier>().VerifyAsync(made.TenantId, null, null, Stop));
        Assert.True((await core.Get<SignInWithPassword>().HandleAsync(request.AdminEmail, TestMember.Secret, TestTenants.Origin, Stop)).Succeeded);

        var key = await db.Set<EncryptionKey>().SingleAsync(Stop);
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(core.Get<RecordProtector>().Unprotect(KeyPairs.ProtectedKind, made.TenantId, key.Id, key.PrivateKey!), out _);
        Assert.Equal((3072, 3072), (key.Size, rsa.KeySize));
        Assert.Equal(rsa.ExportSubjectPublicKeyInfo(), key.PublicKey);
    }

    [Fact]
    public async Task A_failure_leaves_nothing_behind()
    {
        var first = NewRequest();
        await OnboardAsync(first);
        var before = await CountsAsync();

        Assert.Equal(OnboardingErrors.Taken, (await OnboardAsync(NewRequest() with { TenantName = first.TenantName.ToUpperInvariant() })).Error);
        Assert.Equal(OnboardingErrors.Taken, (await OnboardAsync(NewRequest() with { AdminEmail = first.AdminEmail.ToUpperInvariant() })).Error);

        Assert.Equal(before, await CountsAsync());
    }

    [Fact]
    public async Task Refuses_what_is_not_in_order_field_by_field_and_leaves_nothing()
    {
        var before = await CountsAsync();
        var request = NewRequest();
        (OnboardTenantRequest Request, string Field)[] cases =
        [
            (request with { TenantName = "" }, "TenantName"),
            (request with { TenantName = new string('n', 81) }, "TenantName"),
            (request with { AdminName = "a\u202eb" }, "AdminName"),
            (request with { AdminEmail = "no-address" }, "AdminEmail"),
            (request with { Domain = "not a domain" }, "Domain"),
            (request with { AdminPassword = new Secret("short") }, "NewPassword"),
        ];

        foreach (var (each, field) in cases)
            Assert.Equal([field], (await OnboardAsync(each)).Error?.Fields.Keys);
        Assert.Equal(before, await CountsAsync());
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Takes_anything_in_every_field_and_answers(string name)
    {
        var text = NaughtyStrings.All[name];

        var answer = await OnboardAsync(new OnboardTenantRequest(text, text, text, text, new Secret(text)));

        Assert.Equal(ErrorKind.Invalid, answer.Error?.Kind);
    }

    private static OnboardTenantRequest NewRequest()
    {
        var number = Interlocked.Increment(ref _number);
        return new OnboardTenantRequest($"Onboarded {number}", $"onboarded{number}.example", "Ann Miller", $"ann@onboarded{number}.example", TestMember.Secret);
    }

    private Task<Result<OnboardedTenant>> OnboardAsync(OnboardTenantRequest request) => core.Get<OnboardTenant>().HandleAsync(request, TestTenants.Origin, Stop);

    private async Task<(int Tenants, int Members, int Keys, int Heads, int Entries)> CountsAsync()
    {
        await using var db = core.Db.OpenForOperator();
        return (
            await db.Set<Tenant>().CountAsync(Stop),
            await db.Set<ConsoleUser>().IgnoreQueryFilters().CountAsync(Stop),
            await db.Set<EncryptionKey>().IgnoreQueryFilters().CountAsync(Stop),
            await db.Set<FinConsole.Core.AuditLog.Chain.AuditHead>().IgnoreQueryFilters().CountAsync(Stop),
            await db.Set<AuditEntry>().IgnoreQueryFilters().CountAsync(Stop));
    }

    public sealed class OnSqlite(SqliteCore core) : OnboardTenantTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : OnboardTenantTests(core), IClassFixture<PostgreSqlCore>;
}
