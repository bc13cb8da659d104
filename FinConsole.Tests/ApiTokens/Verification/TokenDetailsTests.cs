using System.Net;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.ApiTokens.Verification;

/// <summary>Changes of a token that no decision depends on: they hold no request up, whether they can be read or not.</summary>
public sealed class TokenDetailsTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private static readonly IPAddress Inside = IPAddress.Parse("203.0.113.9");

    [Fact]
    public async Task Only_a_change_that_narrows_is_announced_as_one_that_has_to_be_read_first()
    {
        var tenant = await core.NewTenantAsync();
        var id = (await core.MakeTokenAsync(tenant)).Token.Id;
        var before = (await core.ChangesOfAsync(id)).Count;

        Assert.True((await core.TryEditAsync(tenant, new EditApiTokenRequest(id, Name: "Renamed", Holder: "Somebody"))).Succeeded);
        Assert.True((await core.TryEditAsync(tenant, new EditApiTokenRequest(id, Allowlist: "198.51.100.0/24"))).Succeeded);
        Assert.True((await core.TryEditAsync(tenant, new EditApiTokenRequest(id, Holder: "Nobody", Allowlist: "198.51.100.0/24"))).Succeeded);
        Assert.True((await core.TryEditAsync(tenant, new EditApiTokenRequest(id, Scopes: ["read:payments"]))).Succeeded);

        Assert.Equal(
            [ChangeKind.TokenDetails, ChangeKind.Token, ChangeKind.TokenDetails, ChangeKind.Token], (await core.ChangesOfAsync(id)).Skip(before).Select(change => change.Kind));
    }

    [Fact]
    public async Task Without_its_database_a_good_token_stays_good_after_such_a_change_and_after_no_other()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        var verifier = core.Get<VerifyApiToken>();
        Assert.True((await verifier.HandleAsync(made.Secret.Reveal(), Inside, Stop)).Accepted);
        await RenameAsync("ApiTokens", "Unavailable");

        core.Get<ChangeFeed>().TellOwn(tenant.Id, [(ChangeKind.TokenDetails, made.Token.Id)], core.Time.GetUtcNow());
        var details = (await verifier.HandleAsync(made.Secret.Reveal(), Inside, Stop)).Verdict;
        core.Get<ChangeFeed>().TellOwn(tenant.Id, [(ChangeKind.Token, made.Token.Id)], core.Time.GetUtcNow());
        var narrowed = (await verifier.HandleAsync(made.Secret.Reveal(), Inside, Stop)).Verdict;
        await RenameAsync("Unavailable", "ApiTokens");

        Assert.Equal((TokenVerdict.Accepted, TokenVerdict.Unavailable), (details, narrowed));
        Assert.True((await verifier.HandleAsync(made.Secret.Reveal(), Inside, Stop)).Accepted);
    }

    private async Task RenameAsync(string from, string to)
    {
        await using var context = core.Get<ConsoleDb>().OpenForOperator();
#pragma warning disable EF1002 // Both are written here.
        await context.Database.ExecuteSqlRawAsync($"ALTER TABLE \"{from}\" RENAME TO \"{to}\"", Stop);
#pragma warning restore EF1002
    }
}
