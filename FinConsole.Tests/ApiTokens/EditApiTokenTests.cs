using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public abstract class EditApiTokenTests(CoreHost core)
{
    [Fact]
    public async Task Changes_name_holder_allowlist_and_scopes_with_one_entry_that_shows_before_and_after()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        var request = new EditApiTokenRequest(made.Token.Id, " Till ", tenant.Reviewer.Email, "198.51.100.7", ["read:payments"]);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await core.TryEditAsync(tenant, request)).Succeeded)));

        var row = await core.ReadTokenAsync(tenant, made.Token.Id);
        Assert.Equal(("Till", "till", tenant.Reviewer.Email, tenant.Reviewer.Id), (row.Name, row.NameKey, row.Holder, row.HolderMemberId));
        Assert.Equal(("198.51.100.7/32", "read:payments"), (row.Allowlist, row.Scopes));
        Assert.Equal((AuditAction.TokenEdit, "Till"), (entry.Action, entry.ResourceName));
        Assert.Equal(
            $$$$"""{"changes":{"name":{"before":"Checkout","after":"Till"},"holder":{"before":"Platform team","after":"{{{{tenant.Reviewer.Email}}}}"},"allowlist":{"before":["203.0.113.0/24"],"after":["198.51.100.7/32"]},"scopes":{"before":["read:payments","write:payments"],"after":["read:payments"]}}}""",
            entry.Metadata);
    }

    [Fact]
    public async Task Leaves_what_was_not_asked_for()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        await core.TryEditAsync(tenant, new EditApiTokenRequest(made.Token.Id, Holder: ""));
        var row = await core.ReadTokenAsync(tenant, made.Token.Id);
        Assert.Equal(("Checkout", null, "203.0.113.0/24", "read:payments write:payments"), (row.Name, row.Holder, row.Allowlist, row.Scopes));
    }

    [Fact]
    public async Task Changing_nothing_writes_nothing()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        var same = new EditApiTokenRequest(made.Token.Id, "Checkout", "Platform team", "203.0.113.0/24", ["write:payments", "read:payments"]);
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => Assert.True((await core.TryEditAsync(tenant, same)).Succeeded)));
    }

    [Theory]
    [InlineData("read:*", "read:accounts", true)]
    [InlineData("read:accounts write:*", "write:limited", true)]
    [InlineData("read:accounts", "read:accounts read:payments", false)]
    [InlineData("read:accounts", "read:*", false)]
    [InlineData("read:* write:*", "read:* write:* rotate:self", false)]
    public async Task Narrows_scopes_and_never_widens_them(string before, string after, bool allowed)
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant) with { Scopes = before.Split(' ') });
        var result = await core.TryEditAsync(tenant, new EditApiTokenRequest(made.Token.Id, Scopes: after.Split(' ')));
        Assert.Equal(allowed ? null : ApiTokenErrors.ScopesWiden.Code, result.Error?.Code);
        Assert.Equal(allowed ? after : before, (await core.ReadTokenAsync(tenant, made.Token.Id)).Scopes);
    }

    [Fact]
    public async Task Refuses_a_name_that_another_live_token_has()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, "Taken");
        var made = await core.MakeTokenAsync(tenant, "Mine");
        var result = Result.Success;
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => result = await core.TryEditAsync(tenant, new EditApiTokenRequest(made.Token.Id, "TAKEN"))));
        Assert.Equal((ApiTokenErrors.NameTaken.Code, "Name"), (result.Error?.Code, result.Error?.Fields.Keys.Single()));
        Assert.Equal("Mine", (await core.ReadTokenAsync(tenant, made.Token.Id)).Name);
    }

    [Fact]
    public async Task Takes_the_name_of_a_token_that_has_expired_and_changes_the_case_of_its_own()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "Wanted") with { Expiry = TokenExpiry.Hours24 });
        var made = await core.MakeTokenAsync(tenant, "Mine");
        core.Time.Advance(TimeSpan.FromHours(24));
        Assert.True((await core.TryEditAsync(tenant, new EditApiTokenRequest(made.Token.Id, "Wanted"))).Succeeded);
        Assert.True((await core.TryEditAsync(tenant, new EditApiTokenRequest(made.Token.Id, "WANTED"))).Succeeded);
        Assert.Equal(TokenEnd.Expired, (await core.ReadTokenAsync(tenant, old.Token.Id)).EndReason);
    }

    [Fact]
    public async Task Is_not_for_pending_rotated_or_ended_tokens()
    {
        var tenant = await core.NewTenantAsync();
        var pending = await core.MakePendingAsync(tenant, TokenSteps.RequestFor(tenant, "a"));
        await RefusesAsync(tenant, pending.Token.Id, ApiTokenErrors.StillPending);

        var rotated = await core.MakeTokenAsync(tenant, "b");
        await core.RotateAsync(tenant, rotated.Token.Id);
        await RefusesAsync(tenant, rotated.Token.Id, ApiTokenErrors.RotatedMeanwhile);

        var ended = await core.MakeTokenAsync(tenant, "c");
        await core.TryInvalidateAsync(tenant, ended.Token.Id);
        await RefusesAsync(tenant, ended.Token.Id, ApiTokenErrors.Ended);
    }

    [Fact]
    public async Task A_disabled_token_can_be_edited()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        await core.TryDisableAsync(tenant, made.Token.Id);
        Assert.True((await core.TryEditAsync(tenant, new EditApiTokenRequest(made.Token.Id, "New"))).Succeeded);
        Assert.Equal(TokenStatus.Disabled, await core.StatusAsync(tenant, made.Token.Id));
    }

    [Fact]
    public async Task Refuses_faulty_input_and_writes_nothing()
    {
        var tenant = await core.NewTenantAsync();
        var id = (await core.MakeTokenAsync(tenant)).Token.Id;
        (string Field, EditApiTokenRequest Request)[] faults =
        [
            ("Name", new(id, "")), ("Name", new(id, new string('n', 81))), ("Name", new(id, "a\0b")), ("Holder", new(id, Holder: new string('h', 121))),
            ("Allowlist", new(id, Allowlist: "anywhere")), ("Scopes", new(id, Scopes: [])), ("Scopes", new(id, Scopes: ["all"])),
        ];
        foreach (var (field, request) in faults)
        {
            var result = Result.Success;
            Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => result = await core.TryEditAsync(tenant, request)));
            Assert.Equal((ErrorKind.Invalid, field), (result.Error!.Kind, result.Error.Fields.Keys.Single()));
        }
    }

    private async Task RefusesAsync(TestTenant tenant, Guid id, Error expected)
    {
        var result = Result.Success;
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => result = await core.TryEditAsync(tenant, new EditApiTokenRequest(id, "New"))));
        Assert.Equal(expected, result.Error);
    }

    public sealed class OnSqlite(SqliteCore core) : EditApiTokenTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : EditApiTokenTests(core), IClassFixture<PostgreSqlCore>;
}
