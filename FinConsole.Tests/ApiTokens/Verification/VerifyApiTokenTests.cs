using System.Net;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Onboarding;
using FinConsole.Core.Team;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.ApiTokens.Verification;

/// <summary>What verification says, and that it never says what was true before an acknowledged change.</summary>
public abstract class VerifyApiTokenTests(CoreHost core)
{
    private static readonly IPAddress Inside = IPAddress.Parse("203.0.113.9");

    public sealed class OnSqlite(SqliteCore core) : VerifyApiTokenTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : VerifyApiTokenTests(core), IClassFixture<PostgreSqlCore>;

    [Fact]
    public async Task A_new_token_is_good_from_its_acknowledgement_on_and_not_before()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakePendingAsync(tenant);
        Assert.Equal(TokenVerdict.Pending, await VerdictAsync(made.Secret));

        await core.SaveAsync(tenant, made.Token.Id);

        var verified = await VerifyAsync(made.Secret);
        Assert.True(verified.Accepted);
        Assert.Equal((made.Token.Id, tenant.Id, tenant.Cashier.Id, TokenEnvironment.Production), (verified.Token!.Id, verified.Token.TenantId, verified.Token.CashierId, verified.Token.Environment));
        Assert.Equal("read:payments write:payments", verified.Token.Scopes.ToWords());
    }

    [Fact]
    public async Task Junk_is_told_from_tokens_that_are_none_of_ours()
    {
        var stranger = ApiTokenSecret.Generate(TokenEnvironment.Production).Reveal();

        Assert.Equal(TokenVerdict.Unknown, (await Verifier.HandleAsync(stranger, Inside, Stop)).Verdict);
        foreach (var junk in new[] { "", "fc_prd_", stranger[..^1], stranger + "0", stranger[..^1] + (stranger[^1] == '0' ? '1' : '0'), "FC" + stranger[2..], stranger.Replace('_', '-') })
            Assert.Equal(TokenVerdict.Malformed, (await Verifier.HandleAsync(junk, Inside, Stop)).Verdict);
    }

    [Fact]
    public async Task Each_change_is_seen_at_once()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        Assert.Equal(TokenVerdict.Accepted, await VerdictAsync(made.Secret));

        Assert.True((await core.TryDisableAsync(tenant, made.Token.Id)).Succeeded);
        Assert.Equal(TokenVerdict.Disabled, await VerdictAsync(made.Secret));
        Assert.True((await core.TryDisableAsync(tenant, made.Token.Id, disabled: false)).Succeeded);
        Assert.Equal(TokenVerdict.Accepted, await VerdictAsync(made.Secret));

        Assert.True((await core.TryEditAsync(tenant, new EditApiTokenRequest(made.Token.Id, Allowlist: "2001:db8::/32"))).Succeeded);
        Assert.Equal(TokenVerdict.AddressNotAllowed, await VerdictAsync(made.Secret));
        Assert.True((await core.TryEditAsync(tenant, new EditApiTokenRequest(made.Token.Id, Allowlist: "", Scopes: ["read:payments"]))).Succeeded);
        Assert.Equal("read:payments", (await VerifyAsync(made.Secret)).Token!.Scopes.ToWords());

        Assert.True((await core.TryInvalidateAsync(tenant, made.Token.Id)).Succeeded);
        Assert.Equal(TokenVerdict.Ended, await VerdictAsync(made.Secret));
    }

    [Fact]
    public async Task While_rotating_both_are_good_until_the_overlap_ends_or_is_ended()
    {
        var tenant = await core.NewTenantAsync();
        var (first, second) = (await core.MakeTokenAsync(tenant, "First"), await core.MakeTokenAsync(tenant, "Second"));
        var successor = await core.RotateAsync(tenant, first.Token.Id, TokenOverlap.Hour1);
        await core.RotateAsync(tenant, second.Token.Id, TokenOverlap.Hours24);
        Assert.Equal([TokenVerdict.Accepted, TokenVerdict.Accepted], [await VerdictAsync(first.Secret), await VerdictAsync(successor.Secret)]);

        Assert.True((await core.TryRetireAsync(tenant, second.Token.Id)).Succeeded);
        Assert.Equal(TokenVerdict.Ended, await VerdictAsync(second.Secret));

        core.Time.Advance(TimeSpan.FromHours(1));
        await core.Get<ChangeFeed>().CatchUpAsync(Stop);
        Assert.Equal([TokenVerdict.Ended, TokenVerdict.Accepted], [await VerdictAsync(first.Secret), await VerdictAsync(successor.Secret)]);
    }

    [Fact]
    public async Task A_token_is_refused_from_the_tick_on_at_which_it_expires()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "Short") with { Expiry = TokenExpiry.Hours24 });

        core.Time.Advance(made.Token.ExpiresAt - core.Time.GetUtcNow() - TimeSpan.FromTicks(1));
        await core.Get<ChangeFeed>().CatchUpAsync(Stop);
        Assert.Equal(TokenVerdict.Accepted, await VerdictAsync(made.Secret));
        core.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(TokenVerdict.Ended, await VerdictAsync(made.Secret));
    }

    [Fact]
    public async Task A_token_ends_with_its_cashier_and_comes_back_with_them()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        Assert.Equal(TokenVerdict.Accepted, await VerdictAsync(made.Secret));

        Assert.True((await core.Get<DeactivateMember>().HandleAsync(tenant.Cashier.Id, await core.NewSessionAsync(tenant.Admin), Stop)).Succeeded);
        Assert.Equal(TokenVerdict.OwnerGone, await VerdictAsync(made.Secret));
        Assert.True((await core.Get<ReactivateMember>().HandleAsync(tenant.Cashier.Id, await core.NewSessionAsync(tenant.Admin), Stop)).Succeeded);
        Assert.Equal(TokenVerdict.Accepted, await VerdictAsync(made.Secret));
    }

    [Fact]
    public async Task A_closed_tenants_tokens_are_refused_and_no_others()
    {
        var (closed, open) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        var (theirs, ours) = (await core.MakeTokenAsync(closed), await core.MakeTokenAsync(open));

        Assert.True((await core.Get<CloseTenant>().HandleAsync(closed.Name, Stop)).Succeeded);

        Assert.Equal([TokenVerdict.OwnerGone, TokenVerdict.Accepted], [await VerdictAsync(theirs.Secret), await VerdictAsync(ours.Secret)]);
    }

    [Fact]
    public async Task Another_instance_follows_the_change_table()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        await using var other = core.NewInstance();
        var (verifier, feed) = (other.GetRequiredService<VerifyApiToken>(), other.GetRequiredService<ChangeFeed>());
        async Task<TokenVerdict> ThereAsync(ApiTokenSecret secret)
        {
            await feed.CatchUpAsync(Stop);
            return (await verifier.HandleAsync(secret.Reveal(), Inside, Stop)).Verdict;
        }

        Assert.Equal(TokenVerdict.Accepted, await ThereAsync(made.Secret));
        Assert.True((await core.TryInvalidateAsync(tenant, made.Token.Id)).Succeeded);
        Assert.Equal(TokenVerdict.Ended, await ThereAsync(made.Secret));
        var later = await core.MakeTokenAsync(tenant, "Later");
        Assert.Equal(TokenVerdict.Accepted, await ThereAsync(later.Secret));
    }

    [Fact]
    public async Task An_instance_that_hears_nothing_for_a_minute_refuses_everything_until_it_hears_again()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        await core.Get<ChangeFeed>().CatchUpAsync(Stop);

        core.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(TokenVerdict.Accepted, await VerdictAsync(made.Secret));
        core.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(TokenVerdict.Unavailable, await VerdictAsync(made.Secret));

        await core.Get<ChangeFeed>().CatchUpAsync(Stop);
        Assert.Equal(TokenVerdict.Accepted, await VerdictAsync(made.Secret));
    }

    [Fact]
    public async Task Verifying_asks_no_database()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        var stranger = ApiTokenSecret.Generate(TokenEnvironment.Production);
        await VerdictAsync(made.Secret);

        var queries = await core.PlansOfAsync(async () =>
        {
            for (var i = 0; i < 100; i++)
                Assert.Equal([TokenVerdict.Accepted, TokenVerdict.Unknown], [await VerdictAsync(made.Secret), await VerdictAsync(stranger)]);
        });

        Assert.Empty(queries);
    }

    [Fact]
    public async Task Nothing_is_accepted_after_an_invalidation_is_acknowledged_however_hard_it_is_tried()
    {
        var tenant = await core.NewTenantAsync();
        for (var round = 0; round < 10; round++)
        {
            var made = await core.MakeTokenAsync(tenant, $"Round {round}");
            using var stop = new CancellationTokenSource();
            var acknowledged = 0;
            var hammers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                var late = 0;
                while (!stop.IsCancellationRequested)
                {
                    var after = Volatile.Read(ref acknowledged) == 1;
                    if (after && await VerdictAsync(made.Secret) == TokenVerdict.Accepted)
                        late++;
                    else if (!after)
                        await VerdictAsync(made.Secret);
                    // What is verified from memory never waits, and so would keep the threads that the invalidation needs.
                    await Task.Yield();
                }

                return late;
            })).ToList();
            Assert.True((await core.TryInvalidateAsync(tenant, made.Token.Id)).Succeeded);
            Volatile.Write(ref acknowledged, 1);
            for (var i = 0; i < 1000; i++)
                Assert.NotEqual(TokenVerdict.Accepted, await VerdictAsync(made.Secret));
            await stop.CancelAsync();
            Assert.All(await Task.WhenAll(hammers), late => Assert.Equal(0, late));
        }
    }

    private VerifyApiToken Verifier => core.Get<VerifyApiToken>();

    private async Task<TokenVerdict> VerdictAsync(ApiTokenSecret secret) => (await VerifyAsync(secret)).Verdict;

    private async Task<VerifiedToken> VerifyAsync(ApiTokenSecret secret) => await Verifier.HandleAsync(secret.Reveal(), Inside, Stop);
}
