using FinConsole.Core.Audit.Verification;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Core.Onboarding;
using FinConsole.Core.SignIn;
using FinConsole.Core.Team;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Team;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Onboarding;

public abstract class AddTenantTests(CoreHost core)
{
    private static int _number;

    [Fact]
    public async Task Makes_a_tenant_with_key_pair_chain_and_an_invitation_for_its_admin()
    {
        var request = NewRequest();

        var made = (await AddAsync(request)).Value!;

        var offer = (await core.Get<AcceptInvitation>().FindAsync(TeamSteps.SecretOf(made), Stop))!;
        Assert.Equal((request.TenantName, request.AdminEmail, Role.TenantAdmin), (offer.Tenant, offer.Email, offer.Role));
        Assert.Equal(
            [$"command line tenant.onboard {request.TenantName} {{\"domain\":\"{request.Domain}\",\"email\":\"{request.AdminEmail}\"}}", $"command line member.invite {request.AdminEmail} {{\"role\":\"TenantAdmin\",\"expiresAt\":\"{made.ExpiresAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\"}}"],
            (await core.AuditAsync(offer.TenantId)).Select(entry => entry.Line()));
        Assert.Equal(new AuditVerdict(2, null), await core.Get<ChainVerifier>().VerifyAsync(offer.TenantId, null, null, Stop));
        await using (var db = core.Db.Open(offer.TenantId))
            Assert.Equal((1, 0), (await db.Set<EncryptionKey>().CountAsync(Stop), await db.Set<ConsoleUser>().CountAsync(Stop)));

        Assert.True((await core.AcceptAsync(TeamSteps.SecretOf(made))).Succeeded);
        Assert.Equal(Role.TenantAdmin, (await core.Get<SignInWithPassword>().HandleAsync(request.AdminEmail, TestMember.Secret, TestTenants.Origin, Stop)).Value?.Session?.Role);
    }

    [Fact]
    public async Task Repeated_before_anybody_joined_gives_a_new_link_also_to_another_address()
    {
        var request = NewRequest();
        var mistyped = (await AddAsync(request with { AdminEmail = "wrong." + request.AdminEmail })).Value!;

        var made = (await AddAsync(request with { TenantName = request.TenantName.ToUpperInvariant() })).Value!;

        Assert.Equal(SignInErrors.LinkUsedUp, (await core.AcceptAsync(TeamSteps.SecretOf(mistyped))).Error);
        Assert.True((await core.AcceptAsync(TeamSteps.SecretOf(made))).Succeeded);
        Assert.Equal(OnboardingErrors.Taken, (await AddAsync(request)).Error);
        Assert.Equal(OnboardingErrors.Taken, (await AddAsync(request with { AdminEmail = "second." + request.AdminEmail })).Error);
    }

    [Fact]
    public async Task A_name_or_an_address_that_is_taken_is_refused_and_leaves_nothing()
    {
        var tenant = await core.NewTenantAsync();
        var before = (await core.Get<ListTenants>().HandleAsync(Stop)).Count;

        Assert.Equal(OnboardingErrors.Taken, (await AddAsync(NewRequest() with { TenantName = tenant.Name })).Error);
        Assert.Equal(OnboardingErrors.Taken, (await AddAsync(NewRequest() with { AdminEmail = tenant.Cashier.Email })).Error);

        Assert.Equal(before, (await core.Get<ListTenants>().HandleAsync(Stop)).Count);
    }

    [Fact]
    public async Task Eight_of_one_name_at_once_make_one_tenant_and_at_most_one_live_link()
    {
        var request = NewRequest();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AddAsync(request))));

        Assert.Single((await core.Get<ListTenants>().HandleAsync(Stop)), tenant => tenant.Name == request.TenantName);
        var live = 0;
        foreach (var made in answers.Where(answer => answer.Succeeded))
            live += await core.Get<AcceptInvitation>().FindAsync(TeamSteps.SecretOf(made.Value!), Stop) is null ? 0 : 1;
        Assert.Equal(1, live);
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Takes_anything_in_every_field_and_answers(string name)
    {
        var text = NaughtyStrings.All[name];

        Assert.Equal(ErrorKind.Invalid, (await AddAsync(new AddTenantRequest(text, text, text))).Error?.Kind);
        Assert.Equal(OnboardingErrors.NoSuchTenant, (await core.Get<CloseTenant>().HandleAsync(text, Stop)).Error);
    }

    private static AddTenantRequest NewRequest()
    {
        var number = Interlocked.Increment(ref _number);
        return new AddTenantRequest($"Added {number}", $"added{number}.example", $"boss@added{number}.example");
    }

    private Task<Result<NewInvitation>> AddAsync(AddTenantRequest request) => core.Get<AddTenant>().HandleAsync(request, Stop);

    public sealed class OnSqlite(SqliteCore core) : AddTenantTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : AddTenantTests(core), IClassFixture<PostgreSqlCore>;
}
