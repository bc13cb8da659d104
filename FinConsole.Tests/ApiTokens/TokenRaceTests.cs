using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.SignIn;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>Unique indexes and compare-and-set decide races; isolation levels alone never do.</summary>
public abstract class TokenRaceTests(CoreHost core)
{
    private const int Many = 64;

    [Fact]
    public async Task Of_64_rotations_of_one_token_at_once_one_succeeds_and_63_meet_a_conflict()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var request = new RotateApiTokenRequest(old.Token.Id, TokenOverlap.Hours24, TokenSteps.CashierOf(tenant));

        Result<NewApiToken>[] results = [];
        var entries = await core.AuditOfAsync(tenant.Id, async () =>
            results = await AtOnceAsync(Many, () => OnceNotBusyAsync(() => core.Get<RotateApiToken>().HandleAsync(request, tenant.Developer.Actor, Stop))));

        var made = Assert.Single(results, result => result.Succeeded).Value!;
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal(ApiTokenErrors.RotatedMeanwhile, result.Error));
        Assert.Equal(made.Token.Id, (await core.ReadTokenAsync(tenant, old.Token.Id)).SuccessorId);
        Assert.Equal(2, (await TokensAsync(tenant)).Count);
        Assert.Equal(AuditAction.TokenRotate, Assert.Single(entries).Action);
        await VerifyAsync(tenant);
    }

    [Fact]
    public async Task Of_64_creations_of_one_name_at_once_one_succeeds()
    {
        var tenant = await core.NewTenantAsync();
        var results = await AtOnceAsync(Many, () => OnceNotBusyAsync(() => core.Get<CreateApiToken>().HandleAsync(TokenSteps.RequestFor(tenant), tenant.Developer.Actor, Stop)));
        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal(ApiTokenErrors.NameTaken.Code, result.Error!.Code));
        Assert.Single(await TokensAsync(tenant));
        Assert.Single(await core.AuditAsync(tenant.Id));
        await VerifyAsync(tenant);
    }

    [Fact]
    public async Task Rotated_and_invalidated_at_once_the_old_token_always_ends_invalidated()
    {
        var tenant = await core.NewTenantAsync();
        for (var round = 0; round < 50; round++)
        {
            var old = await core.MakeTokenAsync(tenant, $"Round {round}");
            var request = new RotateApiTokenRequest(old.Token.Id, TokenOverlap.Hours24, TokenSteps.CashierOf(tenant));
            var rotating = Task.Run(() => OnceNotBusyAsync(() => core.Get<RotateApiToken>().HandleAsync(request, tenant.Developer.Actor, Stop)));
            var invalidating = Task.Run(() => core.Get<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(old.Token.Id, InvalidationReason.Compromised, null), tenant.Developer.Actor, Stop));

            Assert.True((await invalidating).Succeeded);
            var rotated = await rotating;
            Assert.Equal(TokenStatus.Invalidated, await core.StatusAsync(tenant, old.Token.Id));
            if (rotated.Succeeded)
                Assert.Equal(TokenStatus.Pending, await core.StatusAsync(tenant, rotated.Value.Token.Id));
            else
                Assert.Contains(rotated.Error, new[] { ApiTokenErrors.Ended, ApiTokenErrors.RotatedMeanwhile });
        }

        await VerifyAsync(tenant);
    }

    [Fact]
    public async Task Saved_and_invalidated_at_once_the_old_token_ends_invalidated_and_the_successor_lives()
    {
        var tenant = await core.NewTenantAsync();
        for (var round = 0; round < 25; round++)
        {
            var old = await core.MakeTokenAsync(tenant, $"Round {round}");
            var made = await core.RotatePendingAsync(tenant, old.Token.Id, round % 2 == 0 ? TokenOverlap.Hours24 : TokenOverlap.Days7);
            var saving = Task.Run(() => core.Get<AcknowledgeApiToken>().HandleAsync(made.Token.Id, tenant.Developer.Actor, Stop));
            var invalidating = Task.Run(() => core.Get<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(old.Token.Id, InvalidationReason.Other, null), tenant.Developer.Actor, Stop));
            Assert.True((await saving).Succeeded);
            Assert.True((await invalidating).Succeeded);
            Assert.Equal((TokenStatus.Invalidated, TokenStatus.Active), (await core.StatusAsync(tenant, old.Token.Id), await core.StatusAsync(tenant, made.Token.Id)));
        }
    }

    [Fact]
    public async Task Whatever_happens_to_one_chain_at_once_nobody_waits_for_ever_and_one_entry_stands_for_each_success()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var made = await core.RotateAsync(tenant, old.Token.Id, TokenOverlap.Days7);
        var actor = tenant.Developer.Actor;
        Func<Task<Result>>[] acts =
        [
            () => core.Get<RetireApiToken>().HandleAsync(made.Token.Id, actor, Stop),
            () => core.Get<RetireApiToken>().HandleAsync(old.Token.Id, actor, Stop),
            () => core.Get<SetTokenDisabled>().HandleAsync(made.Token.Id, true, actor, Stop),
            () => core.Get<EditApiToken>().HandleAsync(new EditApiTokenRequest(made.Token.Id, "Renamed"), actor, Stop),
            () => core.Get<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(old.Token.Id, InvalidationReason.Other, null), actor, Stop),
        ];

        Result[] results = [];
        var entries = await core.AuditOfAsync(tenant.Id, async () =>
            results = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(acts[number % acts.Length]))).WaitAsync(TimeSpan.FromSeconds(60), Stop));

        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Contains(result.Error, new[] { ApiTokenErrors.NoOverlap, ApiTokenErrors.Ended }));
        Assert.Equal(1, entries.Count(entry => entry.Action == AuditAction.TokenDisable));
        Assert.Equal(1, entries.Count(entry => entry.Action == AuditAction.TokenEdit));
        Assert.Equal(1, entries.Count(entry => entry.Action is AuditAction.TokenRetire or AuditAction.TokenInvalidate));
        Assert.Equal(3, entries.Count);
        await VerifyAsync(tenant);
    }

    private static Task<T[]> AtOnceAsync<T>(int count, Func<Task<T>> act) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(act)));

    // Two passwords are looked at at a time, and who waits longer than two seconds is told to come back; on a slow machine some of 64 are.
    private static async Task<Result<NewApiToken>> OnceNotBusyAsync(Func<Task<Result<NewApiToken>>> act)
    {
        while (true)
        {
            var result = await act();
            if (result.Error != SignInErrors.Busy)
                return result;
        }
    }

    private async Task VerifyAsync(TestTenant tenant)
    {
        var verdict = await core.Get<ChainVerifier>().VerifyAsync(tenant.Id, null, null, Stop);
        Assert.True(verdict.Intact, verdict.ToString());
    }

    private async Task<List<ApiToken>> TokensAsync(TestTenant tenant)
    {
        await using var db = core.Db.Open(tenant.Id);
        return await db.Set<ApiToken>().AsNoTracking().ToListAsync(Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : TokenRaceTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : TokenRaceTests(core), IClassFixture<PostgreSqlCore>;
}
