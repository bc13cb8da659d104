using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Team;

public abstract class LookUpMembersTests(CoreHost core)
{
    [Theory]
    [InlineData("ines")]
    [InlineData("INÊS")]
    [InlineData("inês f")]
    [InlineData("ferreira inês")]
    [InlineData("ÉLODIE")]
    [InlineData("reira")]
    [InlineData("100%_")]
    public async Task Finds_by_words_parts_and_address(string text)
    {
        var tenant = await core.NewTenantAsync();
        var wanted = await AddAsync(tenant, "ines", "Inês Ferreira ÉLODIE 100%_");

        Assert.Equal(new MemberMatch(wanted.Id, "Inês Ferreira ÉLODIE 100%_", wanted.Email, Role.Developer, Active: true), Assert.Single(await FindAsync(tenant, text)));
    }

    [Fact]
    public async Task The_best_comes_first_and_who_is_deactivated_last()
    {
        var tenant = await core.NewTenantAsync();
        var gone = await AddAsync(tenant, "gone", "Ann Gone");
        await core.ChangeAsync(gone, row => row.DeactivatedAt = core.Time.GetUtcNow());
        await AddAsync(tenant, "joanna", "Joanna Bell");
        await AddAsync(tenant, "ruth", "Ruth Ann");
        await AddAsync(tenant, "ann", "Ann Bell");

        Assert.Equal(["Ann Bell", "Ruth Ann", "Joanna Bell", "Ann Gone"], (await FindAsync(tenant, "ann")).Select(match => match.Name));
    }

    [Fact]
    public async Task Finds_by_the_whole_address_in_any_case_and_nobody_of_another_tenant()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        Assert.Equal(tenant.Reviewer.Id, Assert.Single(await FindAsync(tenant, tenant.Reviewer.Email.ToUpperInvariant())).Id);
        foreach (var text in new[] { other.Reviewer.Email, other.Reviewer.Id.ToString(), other.Reviewer.Email.Split('@')[1] })
            Assert.Empty(await FindAsync(tenant, text));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("")]
    [InlineData(" \0 ")]
    [InlineData("' OR 1=1 --")]
    [InlineData("\uD800")]
    public async Task Survives_any_text(string text)
    {
        var tenant = await core.NewTenantAsync();
        Assert.Empty(await FindAsync(tenant, text));
        Assert.Empty(await FindAsync(tenant, new string('x', 1_000_000)));
    }

    [Fact]
    public async Task Answers_with_a_few_and_reads_by_index()
    {
        var tenant = await core.NewTenantAsync();
        for (var number = 0; number < LookUpMembers.Most + 3; number++)
            await AddAsync(tenant, $"many{number}", $"Many {number}");
        await core.AnalyzeAsync();

        Assert.Equal(LookUpMembers.Most, (await FindAsync(tenant, "many")).Count);
        var actor = await core.NewSessionAsync(tenant.Admin);
        var plans = (await core.PlansOfAsync(() => core.Get<LookUpMembers>().HandleAsync("many", actor, Stop)))
            .Where(plan => plan.Sql.Contains("LIMIT", StringComparison.Ordinal) && plan.Sql.Contains("\"DisplayName\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, plans.Count);
        Assert.All(plans, plan => Assert.Contains("TenantId", plan.Plan, StringComparison.Ordinal));
    }

    private async Task<TestMember> AddAsync(TestTenant tenant, string address, string name)
    {
        var member = await core.NewMemberAsync(tenant.Id, Role.Developer, $"{address}@{tenant.Id:N}.example");
        await core.ChangeAsync(member, row => row.DisplayName = name);
        return member;
    }

    private async Task<IReadOnlyList<MemberMatch>> FindAsync(TestTenant tenant, string text) =>
        (await core.Get<LookUpMembers>().HandleAsync(text, await core.AdminAsync(tenant), Stop)).Value!;

    public sealed class OnSqlite(SqliteCore core) : LookUpMembersTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : LookUpMembersTests(core), IClassFixture<PostgreSqlCore>;
}
