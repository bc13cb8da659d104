using FinConsole.Core.ApiTokens;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.ServiceTokens;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ServiceTokens;

public sealed class ServiceTokenTestsOnSqlite(SqliteCore core) : ServiceTokenTests(core), IClassFixture<SqliteCore>;

public sealed class ServiceTokenTestsOnPostgreSql(PostgreSqlCore core) : ServiceTokenTests(core), IClassFixture<PostgreSqlCore>;

/// <summary>Tokens of the API company's own servers, from the operator's point of view.</summary>
public abstract class ServiceTokenTests(CoreHost core)
{
    [Fact]
    public async Task Is_made_with_a_secret_that_is_found_again_and_never_stored()
    {
        var made = await AddAsync("made");

        var row = (await core.Get<ReadServiceTokens>().FindAsync(made.Id, Stop))!;
        Assert.Equal(("made", null), (row.Name, row.ExpiresAt));
        Assert.Equal(core.Get<TokenLookup>().KeyOf(made.Secret), row.LookupKey);
        Assert.Equal(TokenKind.Service, made.Secret.Kind);
        var seen = (await core.Get<ListServiceTokens>().HandleAsync(Stop)).Single(token => token.Id == made.Id);
        Assert.Equal((ServiceTokenStatus.Active, made.Secret.Prefix + "…" + made.Secret.LastFour), (seen.Status, seen.Masked));
    }

    [Fact]
    public async Task Making_and_revoking_one_is_written_in_the_operators_own_log_which_verifies()
    {
        var made = await AddAsync("audited", 90);
        await RevokeAsync("audited");

        var written = (await core.AuditAsync(Tenant.Operator)).Where(entry => entry.ResourceId == made.Id).ToList();
        Assert.Equal([AuditAction.ServiceTokenAdd, AuditAction.ServiceTokenRevoke], written.Select(entry => entry.Action));
        Assert.All(written, entry => Assert.Equal((ActorKind.System, "command line", "audited"), (entry.ActorKind, entry.ActorName, entry.ResourceName)));
        Assert.All(written, entry => Assert.DoesNotContain(made.Secret.Reveal()[11..^4], entry.Metadata, StringComparison.Ordinal));
        Assert.Contains(await core.Get<ListChains>().HandleAsync(Stop), chain => chain == new ChainOwner(Tenant.Operator, "operator"));
        Assert.True((await core.Get<ChainVerifier>().VerifyAsync(Tenant.Operator, null, null, Stop)).Intact);
    }

    [Fact]
    public async Task Its_last_use_is_written_forward_only()
    {
        var made = await AddAsync("used");
        var (verify, uses) = (core.Get<VerifyServiceToken>(), core.Get<ServiceTokenUses>());
        Assert.Null(await LastUseAsync(made.Id));

        await core.Get<ChangeFeed>().CatchUpAsync(Stop);
        Assert.NotNull((await verify.HandleAsync(made.Secret.Reveal(), Stop)).Service);
        await uses.WriteAsync(Stop);
        var written = await LastUseAsync(made.Id);
        Assert.Equal(core.Time.GetUtcNow(), written);

        uses.Note(made.Id, core.Time.GetUtcNow().AddHours(-1));
        await uses.WriteAsync(Stop);
        Assert.Equal(written, await LastUseAsync(made.Id));

        uses.Note(made.Id, core.Time.GetUtcNow().AddHours(1));
        await uses.WriteAsync(Stop);
        Assert.Equal(core.Time.GetUtcNow().AddHours(1), await LastUseAsync(made.Id));
    }

    [Fact]
    public async Task A_refused_one_is_not_used()
    {
        var made = await AddAsync("unused");
        await RevokeAsync("unused");
        await core.Get<ChangeFeed>().CatchUpAsync(Stop);

        Assert.Null((await core.Get<VerifyServiceToken>().HandleAsync(made.Secret.Reveal(), Stop)).Service);
        await core.Get<ServiceTokenUses>().WriteAsync(Stop);

        Assert.Null(await LastUseAsync(made.Id));
    }

    [Fact]
    public async Task Every_instance_is_told_of_both()
    {
        var made = await AddAsync("announced");
        await RevokeAsync("announced");

        Assert.Equal([ChangeKind.ServiceToken, ChangeKind.ServiceToken], (await core.ChangesOfAsync(made.Id)).Select(change => change.Kind));
    }

    [Fact]
    public async Task A_revoked_one_is_no_longer_read_and_gives_up_its_name()
    {
        var first = await AddAsync("again");
        Assert.Equal(ServiceTokenErrors.NameTaken, (await core.Get<AddServiceToken>().HandleAsync("AGAIN", null, Stop)).Error);
        await RevokeAsync("Again");

        Assert.Null(await core.Get<ReadServiceTokens>().FindAsync(first.Id, Stop));
        Assert.DoesNotContain(await core.Get<ReadServiceTokens>().AllAsync(Stop), token => token.Id == first.Id);
        Assert.Equal(ServiceTokenErrors.NotFound, (await core.Get<RevokeServiceToken>().HandleAsync("again", Stop)).Error);
        Assert.NotEqual(first.Id, (await AddAsync("again")).Id);
    }

    [Fact]
    public async Task An_expired_one_gives_up_its_name_too()
    {
        var first = await AddAsync("short", 1);
        core.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(ServiceTokenStatus.Expired, await StatusAsync(first));

        var second = await AddAsync("short", 1);
        Assert.Equal((ServiceTokenStatus.Revoked, ServiceTokenStatus.Active), (await StatusAsync(first), await StatusAsync(second)));
    }

    [Fact]
    public async Task Is_revoked_by_its_prefix_as_well()
    {
        var made = await AddAsync("by prefix");

        Assert.Equal("by prefix", (await core.Get<RevokeServiceToken>().HandleAsync(made.Secret.Prefix, Stop)).Value);
        Assert.Equal(ServiceTokenStatus.Revoked, await StatusAsync(made));
    }

    [Theory]
    [InlineData("", null, "Name")]
    [InlineData("two\nlines", null, "Name")]
    [InlineData("ok", 0, "Days")]
    [InlineData("ok", 3651, "Days")]
    public async Task Refuses_a_name_that_is_none_and_days_out_of_range(string name, int? days, string field) =>
        Assert.Equal([field], (await core.Get<AddServiceToken>().HandleAsync(name, days, Stop)).Error!.Fields.Keys);

    private async Task<NewServiceToken> AddAsync(string name, int? days = null)
    {
        var made = await core.Get<AddServiceToken>().HandleAsync(name, days, Stop);
        Assert.Null(made.Error);
        return made.Value!;
    }

    private async Task<DateTimeOffset?> LastUseAsync(Guid id) => (await core.Get<ListServiceTokens>().HandleAsync(Stop)).Single(token => token.Id == id).LastUsedAt;

    private async Task RevokeAsync(string name) => Assert.True((await core.Get<RevokeServiceToken>().HandleAsync(name, Stop)).Succeeded);

    private async Task<ServiceTokenStatus> StatusAsync(NewServiceToken made) =>
        (await core.Get<ListServiceTokens>().HandleAsync(Stop)).Single(token => token.Id == made.Id).Status;
}
