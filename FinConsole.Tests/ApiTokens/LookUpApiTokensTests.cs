using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public abstract class LookUpApiTokensTests(CoreHost core)
{
    [Fact]
    public async Task Finds_by_the_beginning_by_words_and_by_parts_the_best_first()
    {
        var tenant = await core.NewTenantAsync();
        foreach (var name in new[] { "My checkout", "Precheck", "Checkout EU", "Ledger" })
            await core.MakeTokenAsync(tenant, name);

        Assert.Equal(["Checkout EU", "My checkout", "Precheck"], await NamesAsync(tenant, " Check"));
        Assert.Equal(["Checkout EU"], await NamesAsync(tenant, "eu checkout"));
        Assert.Empty(await NamesAsync(tenant, "checkout us"));
        Assert.Empty(await NamesAsync(tenant, "   "));
    }

    [Fact]
    public async Task What_has_ended_comes_last_and_a_status_is_the_lists_own()
    {
        var tenant = await core.NewTenantAsync();
        var ended = await core.MakeTokenAsync(tenant, "Checkout");
        await core.TryInvalidateAsync(tenant, ended.Token.Id);
        await core.MakeTokenAsync(tenant, "The checkout");

        Assert.Equal([("The checkout", TokenStatus.Active), ("Checkout", TokenStatus.Invalidated)], (await FindAsync(tenant, "checkout")).Select(match => (match.Name, match.Status)));
    }

    [Fact]
    public async Task Finds_by_the_id_and_by_what_is_shown_of_the_token()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, "Another");
        var made = await core.MakeTokenAsync(tenant, "Wanted");
        foreach (var text in new[] { made.Token.Id.ToString(), made.Secret.Prefix, made.Secret.LastFour, $"{made.Secret.Prefix}…{made.Secret.LastFour}", made.Secret.Reveal() })
            Assert.Equal(made.Token.Id, Assert.Single(await FindAsync(tenant, text)).Id);
        Assert.Equal($"{made.Secret.Prefix}…{made.Secret.LastFour}", Assert.Single(await FindAsync(tenant, "wanted")).Masked);
        Assert.Empty(await FindAsync(tenant, $"{made.Secret.Prefix}…0000"));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("[a-z]")]
    [InlineData("' OR 1=1 --")]
    [InlineData("\uD800 \0 \u202E")]
    [InlineData("fc_")]
    [InlineData("fc_…")]
    [InlineData("…")]
    public async Task Survives_any_text(string text)
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, "Plain");
        Assert.InRange((await FindAsync(tenant, text)).Count, 0, text.StartsWith("fc_", StringComparison.Ordinal) ? 1 : 0);
        Assert.Empty(await FindAsync(tenant, new string('x', 1_000_000)));
    }

    [Fact]
    public async Task Nothing_of_another_tenant_is_found()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        var made = await core.MakeTokenAsync(other, "Foreign");
        foreach (var text in new[] { "Foreign", made.Token.Id.ToString(), made.Secret.Prefix, made.Secret.LastFour })
            Assert.Empty(await FindAsync(tenant, text));
    }

    [Fact]
    public async Task Reads_a_bounded_number_of_rows_by_index_and_finds_an_old_token_by_its_beginning()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant, "Oldest of all");
        await AddManyAsync(tenant, old.Token.Id, 8 * LookUpApiTokens.Reach);
        await core.AnalyzeAsync();

        Assert.Equal("Oldest of all", Assert.Single(await FindAsync(tenant, "oldest")).Name);
        Assert.Empty(await FindAsync(tenant, "of all"));
        Assert.Equal(LookUpApiTokens.Most, (await FindAsync(tenant, "many")).Count);
        var actor = await core.NewSessionAsync(tenant.Reviewer);
        var plans = (await core.PlansOfAsync(() => core.Get<LookUpApiTokens>().HandleAsync("many", actor, Stop)))
            .Where(plan => plan.Sql.Contains("\"ApiTokens\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, plans.Count);
        Assert.All(plans, plan => Assert.DoesNotMatch("(SCAN a\\b|Seq Scan)", plan.Plan));
        Assert.Contains("IX_ApiTokens_LiveName", plans[0].Plan, StringComparison.Ordinal);
    }

    private async Task AddManyAsync(TestTenant tenant, Guid like, int count)
    {
        await using var context = core.Get<ConsoleDb>().Open(tenant.Id);
        var row = await context.Set<ApiToken>().AsNoTracking().SingleAsync(token => token.Id == like, Stop);
        for (var number = 0; number < count; number++)
        {
            context.Add(new ApiToken
            {
                Id = Guid.CreateVersion7(),
                TenantId = tenant.Id,
                Name = $"Many {number}",
                NameKey = $"many {number}",
                Scopes = row.Scopes,
                Allowlist = "",
                CashierId = row.CashierId,
                Environment = row.Environment,
                Expiry = row.Expiry,
                CreatedAt = row.CreatedAt.AddSeconds(1 + number),
                CreatedBy = row.CreatedBy,
                CreatedById = row.CreatedById,
                ExpiresAt = row.ExpiresAt,
                LookupKey = Guid.CreateVersion7().ToByteArray(),
                Prefix = row.Prefix,
                LastFour = "many",
                AcknowledgedAt = row.AcknowledgedAt,
                PendingUntil = row.PendingUntil,
            });
        }

        await context.SaveChangesAsync(Stop);
    }

    private async Task<IEnumerable<string>> NamesAsync(TestTenant tenant, string text) => (await FindAsync(tenant, text)).Select(match => match.Name);

    private async Task<IReadOnlyList<TokenMatch>> FindAsync(TestTenant tenant, string text) =>
        (await core.Get<LookUpApiTokens>().HandleAsync(text, await core.NewSessionAsync(tenant.Reviewer), Stop)).Value!;

    public sealed class OnSqlite(SqliteCore core) : LookUpApiTokensTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : LookUpApiTokensTests(core), IClassFixture<PostgreSqlCore>;
}
