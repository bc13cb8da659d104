using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public abstract class IdentifyApiTokenTests(CoreHost core)
{
    [Fact]
    public async Task Names_the_token_from_its_hash_alone_whatever_its_state()
    {
        var tenant = await core.NewTenantAsync();
        var live = await core.MakeTokenAsync(tenant, "live");
        var ended = await core.MakeTokenAsync(tenant, "ended");
        await core.TryInvalidateAsync(tenant, ended.Token.Id);
        Assert.Equal((live.Token.Id, TokenStatus.Active), await FoundAsync(tenant, TokenSteps.Sha256(live.Secret)));
        Assert.Equal((ended.Token.Id, TokenStatus.Invalidated), await FoundAsync(tenant, TokenSteps.Sha256(ended.Secret).ToUpperInvariant()));
    }

    [Fact]
    public async Task Another_tenants_token_is_none_of_ours()
    {
        var (one, two) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        var foreign = await core.MakeTokenAsync(two);
        Assert.Equal(ApiTokenErrors.NotFound, (await AskAsync(one, TokenSteps.Sha256(foreign.Secret))).Error);
        Assert.Equal(foreign.Token.Id, (await AskAsync(two, TokenSteps.Sha256(foreign.Secret))).Value?.Id);
    }

    [Fact]
    public async Task A_token_that_was_never_made_is_none_of_ours()
    {
        var tenant = await core.NewTenantAsync();
        Assert.Equal(ApiTokenErrors.NotFound, (await AskAsync(tenant, TokenSteps.Sha256(ApiTokenSecret.Generate(TokenEnvironment.Production)))).Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("zz9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a081")]
    [InlineData("fc_dev_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg3v5dDu")]
    [InlineData("' OR 1=1 --")]
    public async Task Refuses_what_is_no_hash(string text)
    {
        var tenant = await core.NewTenantAsync();
        Assert.Equal(ErrorKind.Invalid, (await AskAsync(tenant, text)).Error?.Kind);
    }

    private async Task<(Guid, TokenStatus)> FoundAsync(TestTenant tenant, string sha256)
    {
        var answer = await AskAsync(tenant, sha256);
        Assert.True(answer.Succeeded, answer.Error?.ToString());
        return (answer.Value.Id, answer.Value.Status);
    }

    private async Task<Result<TokenView>> AskAsync(TestTenant tenant, string sha256) =>
        await core.Get<IdentifyApiToken>().HandleAsync(sha256, await core.NewSessionAsync(tenant.Reviewer), Stop);

    public sealed class OnSqlite(SqliteCore core) : IdentifyApiTokenTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : IdentifyApiTokenTests(core), IClassFixture<PostgreSqlCore>;
}
