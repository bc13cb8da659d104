using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public abstract class ChangeSeveralTokensTests(CoreHost core)
{
    [Fact]
    public async Task Each_token_that_can_be_ended_is_with_an_entry_of_its_own_and_each_refusal_is_told()
    {
        var tenant = await core.NewTenantAsync();
        var (one, two) = (await core.MakeTokenAsync(tenant, "One"), await core.MakeTokenAsync(tenant, "Two"));
        var before = await core.MakeTokenAsync(tenant, "Before");
        await core.TryInvalidateAsync(tenant, before.Token.Id);
        var old = await core.MakeTokenAsync(tenant, "Old");
        await core.RotateAsync(tenant, old.Token.Id, TokenOverlap.Hour1);
        await core.TryRetireAsync(tenant, old.Token.Id);

        IReadOnlyList<TokenOutcome> outcomes = [];
        var entries = await core.AuditOfAsync(tenant.Id, async () =>
            outcomes = (await InvalidateAsync(tenant, [two.Token.Id, old.Token.Id, before.Token.Id, one.Token.Id, two.Token.Id])).Value!);

        Assert.Equal(
            [("Two", true, null), ("Old", false, ApiTokenErrors.Ended), ("Before", false, null), ("One", true, (Error?)null)],
            outcomes.Select(outcome => (outcome.Name, outcome.Changed, outcome.Refusal)));
        Assert.Equal([(AuditAction.TokenInvalidate, "Two"), (AuditAction.TokenInvalidate, "One")], entries.Select(entry => (entry.Action, entry.ResourceName)));
        Assert.All(entries, entry => Assert.Equal("""{"reason":"Compromised","comment":"Found in a repository."}""", entry.Metadata));
        Assert.Equal((TokenStatus.Invalidated, TokenStatus.Invalidated), (await core.StatusAsync(tenant, one.Token.Id), await core.StatusAsync(tenant, two.Token.Id)));
        Assert.Equal(TokenStatus.Retired, await core.StatusAsync(tenant, old.Token.Id));
        Assert.Contains(await core.ChangesOfAsync(one.Token.Id), change => change.Kind == ChangeKind.Token);
    }

    [Fact]
    public async Task With_an_unknown_or_foreign_token_among_them_nothing_is_changed()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        var (mine, theirs) = (await core.MakeTokenAsync(tenant), await core.MakeTokenAsync(other));

        foreach (var id in new[] { theirs.Token.Id, Guid.NewGuid() })
        {
            var entries = await core.AuditOfAsync(tenant.Id, async () => Assert.Equal(ApiTokenErrors.NotFound, (await InvalidateAsync(tenant, [mine.Token.Id, id])).Error));
            Assert.Empty(entries);
        }

        Assert.Equal((TokenStatus.Active, TokenStatus.Active), (await core.StatusAsync(tenant, mine.Token.Id), await core.StatusAsync(other, theirs.Token.Id)));
    }

    [Fact]
    public async Task Between_1_and_200_tokens_and_a_reason_are_needed()
    {
        var tenant = await core.NewTenantAsync();
        var token = (await core.MakeTokenAsync(tenant)).Token.Id;

        Assert.Equal(ApiTokenErrors.ChooseTokens, (await InvalidateAsync(tenant, [])).Error);
        Assert.Equal(ApiTokenErrors.ChooseTokens, (await InvalidateAsync(tenant, [.. Enumerable.Range(0, 201).Select(_ => Guid.NewGuid())])).Error);
        var request = new InvalidateApiTokensRequest([token], default, new string('x', 501));
        var refused = await core.Get<ChangeSeveralTokens>().InvalidateAsync(request, await core.NewSessionAsync(tenant.Developer), Stop);
        Assert.Equal(["Comment", "Reason"], refused.Error!.Fields.Keys.Order());
        Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, token));
    }

    [Fact]
    public async Task Disabling_and_enabling_refuse_what_is_pending_and_leave_what_is_so_already()
    {
        var tenant = await core.NewTenantAsync();
        var (one, two) = (await core.MakeTokenAsync(tenant, "One"), await core.MakeTokenAsync(tenant, "Two"));
        await core.TryDisableAsync(tenant, two.Token.Id);
        var pending = await core.MakePendingAsync(tenant, TokenSteps.RequestFor(tenant, "Pending"));
        Guid[] all = [one.Token.Id, two.Token.Id, pending.Token.Id];

        var entries = await core.AuditOfAsync(tenant.Id, async () => Assert.Equal(
            [(true, null), (false, null), (false, ApiTokenErrors.StillPending)], (await SetDisabledAsync(tenant, all, true)).Value!.Select(each => (each.Changed, each.Refusal))));
        Assert.Equal((AuditAction.TokenDisable, "One"), (Assert.Single(entries).Action, entries[0].ResourceName));
        Assert.Empty(await core.AuditOfAsync(tenant.Id, () => SetDisabledAsync(tenant, all, true)));
        Assert.Equal(2, (await core.AuditOfAsync(tenant.Id, () => SetDisabledAsync(tenant, all, false))).Count(entry => entry.Action == AuditAction.TokenEnable));
        Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, two.Token.Id));
    }

    [Fact]
    public async Task Batches_of_a_rotating_family_in_any_order_at_once_all_end_and_end_each_token_once()
    {
        var tenant = await core.NewTenantAsync();
        var ids = new List<Guid>();
        for (var family = 0; family < 4; family++)
        {
            var old = await core.MakeTokenAsync(tenant, $"Family {family}");
            ids.AddRange([old.Token.Id, (await core.RotateAsync(tenant, old.Token.Id)).Token.Id]);
        }

        Result<IReadOnlyList<TokenOutcome>>[] results = [];
        var entries = await core.AuditOfAsync(tenant.Id, async () => results = await Task.WhenAll(Enumerable.Range(0, 8).Select(turn =>
            Task.Run(() => InvalidateAsync(tenant, turn % 2 == 0 ? ids : [.. Enumerable.Reverse(ids)])))));

        Assert.All(results, result => Assert.All(result.Value!, outcome => Assert.Null(outcome.Refusal)));
        Assert.Equal(ids.Order(), entries.Where(entry => entry.Action == AuditAction.TokenInvalidate).Select(entry => entry.ResourceId!.Value).Order());
    }

    private async Task<Result<IReadOnlyList<TokenOutcome>>> InvalidateAsync(TestTenant tenant, IReadOnlyCollection<Guid> ids) =>
        await core.Get<ChangeSeveralTokens>().InvalidateAsync(
            new InvalidateApiTokensRequest(ids, InvalidationReason.Compromised, " Found in a repository. "), await core.NewSessionAsync(tenant.Developer), Stop);

    private async Task<Result<IReadOnlyList<TokenOutcome>>> SetDisabledAsync(TestTenant tenant, IReadOnlyCollection<Guid> ids, bool disabled) =>
        await core.Get<ChangeSeveralTokens>().SetDisabledAsync(ids, disabled, await core.NewSessionAsync(tenant.Developer), Stop);

    public sealed class OnSqlite(SqliteCore core) : ChangeSeveralTokensTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ChangeSeveralTokensTests(core), IClassFixture<PostgreSqlCore>;
}
