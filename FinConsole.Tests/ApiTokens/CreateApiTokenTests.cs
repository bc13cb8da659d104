using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static FinConsole.Tests.ApiTokens.TokenSteps;

namespace FinConsole.Tests.ApiTokens;

public abstract class CreateApiTokenTests(CoreHost core)
{
    [Fact]
    public async Task Makes_a_pending_token_with_all_that_was_asked_for()
    {
        var tenant = await core.NewTenantAsync();
        var now = core.Time.GetUtcNow();

        var made = await core.MakePendingAsync(tenant, RequestFor(tenant) with { Name = "  Checkout ", Scopes = ["write:payments", "read:payments"] });

        var view = made.Token;
        Assert.Equal(("Checkout", TokenEnvironment.Production, TokenStatus.Pending, "Platform team"), (view.Name, view.Environment, view.Status, view.Holder));
        Assert.Equal(["read:payments", "write:payments"], view.Scopes);
        Assert.Equal(["203.0.113.0/24"], view.Allowlist);
        Assert.Equal((tenant.Cashier.Id, tenant.Cashier.Email, true), (view.CashierId, view.CashierEmail, view.CashierActive));
        Assert.Equal((now, now.AddMonths(6), now.AddMinutes(10)), (view.CreatedAt, view.ExpiresAt, view.PendingUntil));
        Assert.Equal((tenant.Developer.Id, tenant.Developer.Email), (view.CreatedById, view.CreatedBy));
        Assert.Equal(made.Secret.Prefix + "…" + made.Secret.LastFour, view.Masked);
        Assert.Equal((null, null, null, false, false), (view.LastUsedAt, view.PredecessorId, view.EndedAt, view.Dormant, view.Overdue));
        Assert.StartsWith("fc_prd_", made.Secret.Reveal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_lookup_key_and_nothing_else_of_the_secret()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakePendingAsync(tenant);
        var row = await core.ReadTokenAsync(tenant, made.Token.Id);
        Assert.Equal(core.Get<TokenLookup>().KeyOf(made.Secret), row.LookupKey);
        Assert.Equal((made.Secret.Prefix, made.Secret.LastFour), (row.Prefix, row.LastFour));
    }

    [Fact]
    public async Task Writes_one_entry_that_says_what_was_made()
    {
        var tenant = await core.NewTenantAsync();
        NewApiToken? made = null;
        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => made = await core.MakePendingAsync(tenant)));

        Assert.Equal((AuditAction.TokenCreate, AuditResult.Success, AuditResource.Token), (entry.Action, entry.Result, entry.Resource));
        Assert.Equal((made!.Token.Id, "Checkout"), (entry.ResourceId, entry.ResourceName));
        Assert.Contains("\"cashier\":\"" + tenant.Cashier.Email + "\"", entry.Metadata, StringComparison.Ordinal);
        Assert.Contains("\"scopes\":[\"read:payments\",\"write:payments\"]", entry.Metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_http_api_s_token_is_live_at_once()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakePendingAsync(tenant, RequestFor(tenant) with { Handover = TokenHandover.Immediate });
        Assert.Equal(TokenStatus.Active, made.Token.Status);
    }

    [Fact]
    public async Task Knows_the_member_whom_the_holder_s_text_names()
    {
        var tenant = await core.NewTenantAsync();
        var byAddress = await core.MakePendingAsync(tenant, RequestFor(tenant, "a") with { Holder = tenant.Reviewer.Email.ToUpperInvariant() });
        var byName = await core.MakePendingAsync(tenant, RequestFor(tenant, "b") with { Holder = tenant.Reviewer.Name });
        var byNobody = await core.MakePendingAsync(tenant, RequestFor(tenant, "c") with { Holder = "The safe" });
        Assert.Equal((tenant.Reviewer.Id, tenant.Reviewer.Id, null), (byAddress.Token.HolderMemberId, byName.Token.HolderMemberId, byNobody.Token.HolderMemberId));
    }

    public static TheoryData<string, Func<CreateApiTokenRequest, CreateApiTokenRequest>> Faults() => new()
    {
        { "Name", request => request with { Name = "" } },
        { "Name", request => request with { Name = null! } },
        { "Name", request => request with { Name = "   " } },
        { "Name", request => request with { Name = new string('n', 81) } },
        { "Name", request => request with { Name = new string('n', 1_000_000) } },
        { "Name", request => request with { Name = "a\0b" } },
        { "Name", request => request with { Name = "a\r\nb" } },
        { "Name", request => request with { Name = "a\u202Eb" } },
        { "Name", request => request with { Name = "a\uD800b" } },
        { "Holder", request => request with { Holder = new string('h', 121) } },
        { "Holder", request => request with { Holder = "a\nb" } },
        { "Scopes", request => request with { Scopes = [] } },
        { "Scopes", request => request with { Scopes = ["read:everything"] } },
        { "Allowlist", request => request with { Allowlist = "203.0.113.1/24" } },
        { "Environment", request => request with { Environment = (TokenEnvironment)9 } },
        { "Expiry", request => request with { Expiry = 0 } },
        { "CashierEmail", request => request with { Cashier = request.Cashier with { Email = " " } } },
        { "CashierPassword", request => request with { Cashier = request.Cashier with { Password = new Secret("") } } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Refuses_faulty_input_and_writes_nothing(string field, Func<CreateApiTokenRequest, CreateApiTokenRequest> spoil)
    {
        var tenant = await core.NewTenantAsync();
        var verified = core.Hasher.Verifications;
        var result = default(Result<NewApiToken>);
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () =>
            result = await core.Get<CreateApiToken>().HandleAsync(spoil(RequestFor(tenant)), tenant.Developer.Actor, Stop)));

        Assert.Equal(ErrorKind.Invalid, result.Error?.Kind);
        Assert.Equal(field, Assert.Single(result.Error!.Fields).Key);
        Assert.Equal(verified, core.Hasher.Verifications);
        Assert.Empty(await TokensAsync(tenant));
    }

    [Theory]
    [InlineData("n")]
    [InlineData("''; DROP TABLE \"ApiTokens\"; --")]
    [InlineData("<b>bold</b> & “quoted”")]
    [InlineData("支付 🧾 e\u0301")]
    public async Task Keeps_any_visible_name_as_it_is_written(string name)
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant, name);
        Assert.Equal(name.Normalize(), (await core.ReadTokenAsync(tenant, made.Token.Id)).Name);
    }

    [Fact]
    public async Task Takes_a_name_of_eighty_characters()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant, new string('ß', 80));
        Assert.Equal(80, made.Token.Name.Length);
    }

    [Fact]
    public async Task A_wrong_cashier_password_counts_towards_the_lockout_and_stands_in_login_history()
    {
        var tenant = await core.NewTenantAsync();
        var wrong = RequestFor(tenant) with { Cashier = new CashierCredentials(tenant.Cashier.Email, new Secret("not the password")) };
        for (var i = 0; i < 5; i++)
            await RefusesCashierAsync(tenant, wrong);
        await RefusesCashierAsync(tenant, RequestFor(tenant));

        Assert.NotNull((await core.ReadAsync(tenant.Cashier)).LockoutEnd);
        Assert.Equal([.. Enumerable.Repeat(LoginOutcome.WrongPassword, 5), LoginOutcome.Locked], await OutcomesAsync(tenant));
    }

    [Fact]
    public async Task A_right_cashier_password_clears_the_failures_and_stands_in_login_history()
    {
        var tenant = await core.NewTenantAsync();
        await RefusesCashierAsync(tenant, RequestFor(tenant) with { Cashier = new CashierCredentials(tenant.Cashier.Email, new Secret("not the password")) });
        await core.MakePendingAsync(tenant);
        Assert.Equal(0, (await core.ReadAsync(tenant.Cashier)).AccessFailedCount);
        Assert.Equal([LoginOutcome.WrongPassword, LoginOutcome.Success], await OutcomesAsync(tenant));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Notices_a_cashier_who_is_deactivated_or_changes_the_password_while_it_is_being_checked(bool deactivated)
    {
        var tenant = await core.NewTenantAsync();
        using var gate = new ManualResetEventSlim();
        core.Hasher.HeldUpBy = gate;
        var begun = new TaskCompletionSource();
        core.Hasher.Verifying = () => begun.TrySetResult();
        try
        {
            var creating = Task.Run(() => core.Get<CreateApiToken>().HandleAsync(RequestFor(tenant), tenant.Developer.Actor, Stop), Stop);
            await Task.WhenAny(begun.Task, creating);
            await core.ChangeAsync(tenant.Cashier, row =>
            {
                row.DeactivatedAt = deactivated ? core.Time.GetUtcNow() : null;
                row.SecurityStamp = deactivated ? row.SecurityStamp : "another";
            });
            gate.Set();
            Assert.Equal(ApiTokenErrors.CashierRefused.Code, (await creating).Error?.Code);
        }
        finally
        {
            gate.Set();
            (core.Hasher.HeldUpBy, core.Hasher.Verifying) = (null, null);
        }

        Assert.Empty(await TokensAsync(tenant));
    }

    [Fact]
    public async Task Refuses_with_one_text_whoever_is_no_cashier_here()
    {
        var tenant = await core.NewTenantAsync();
        var other = await core.NewTenantAsync();
        await core.ChangeAsync(await core.NewMemberAsync(tenant.Id, Role.Cashier, $"left@{tenant.Id:N}.example"), row => row.DeactivatedAt = core.Time.GetUtcNow());
        string[] emails = [tenant.Admin.Email, other.Cashier.Email, $"left@{tenant.Id:N}.example", "nobody@nowhere.example"];
        foreach (var email in emails)
            await RefusesCashierAsync(tenant, RequestFor(tenant) with { Cashier = new CashierCredentials(email, TestMember.Secret) });

        Assert.Equal([LoginOutcome.WrongRole, LoginOutcome.UnknownAccount, LoginOutcome.Deactivated, LoginOutcome.UnknownAccount], await OutcomesAsync(tenant));
        Assert.Equal(0, (await core.ReadAsync(other.Cashier)).AccessFailedCount);
    }

    [Fact]
    public async Task Refuses_a_name_that_a_live_token_has_in_any_letter_case()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, "Checkout");
        var result = default(Result<NewApiToken>);
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () =>
            result = await core.Get<CreateApiToken>().HandleAsync(RequestFor(tenant, "CHECKOUT "), tenant.Developer.Actor, Stop)));
        Assert.Equal((ApiTokenErrors.NameTaken.Code, "Name"), (result.Error?.Code, result.Error?.Fields.Keys.Single()));
    }

    [Fact]
    public async Task Another_tenant_may_use_the_same_name()
    {
        var (one, two) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        await core.MakeTokenAsync(one, "Checkout");
        Assert.Equal("Checkout", (await core.MakeTokenAsync(two, "Checkout")).Token.Name);
    }

    [Fact]
    public async Task The_name_is_free_again_when_the_token_has_ended()
    {
        var tenant = await core.NewTenantAsync();
        var first = await core.MakeTokenAsync(tenant, "Checkout");
        Assert.True((await core.TryInvalidateAsync(tenant, first.Token.Id)).Succeeded);
        await core.MakeTokenAsync(tenant, "Checkout");
        Assert.Equal(2, (await TokensAsync(tenant)).Count);
    }

    [Fact]
    public async Task The_name_is_free_again_when_nobody_saved_the_token_in_ten_minutes()
    {
        var tenant = await core.NewTenantAsync();
        var lost = await core.MakePendingAsync(tenant);
        core.Time.Advance(TimeSpan.FromMinutes(10));

        var entries = await core.AuditOfAsync(tenant.Id, () => core.MakePendingAsync(tenant));
        Assert.Equal([AuditAction.TokenVoid, AuditAction.TokenCreate], entries.Select(entry => entry.Action));
        Assert.Equal(TokenEnd.Void, (await core.ReadTokenAsync(tenant, lost.Token.Id)).EndReason);
    }

    [Fact]
    public async Task The_name_is_free_again_at_the_expiry_before_any_sweep_and_the_end_is_in_the_log()
    {
        var tenant = await core.NewTenantAsync();
        var first = await core.MakeTokenAsync(tenant, RequestFor(tenant) with { Expiry = TokenExpiry.Hours24 });
        core.Time.Advance(TimeSpan.FromHours(24));

        var entries = await core.AuditOfAsync(tenant.Id, () => core.MakePendingAsync(tenant));

        Assert.Equal([AuditAction.TokenExpire, AuditAction.TokenCreate], entries.Select(entry => entry.Action));
        Assert.Equal(first.Token.Id, entries[0].ResourceId);
        var row = await core.ReadTokenAsync(tenant, first.Token.Id);
        Assert.Equal((TokenEnd.Expired, row.ExpiresAt), (row.EndReason, row.EndedAt));
    }

    private async Task RefusesCashierAsync(TestTenant tenant, CreateApiTokenRequest request)
    {
        var result = default(Result<NewApiToken>);
        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => result = await core.Get<CreateApiToken>().HandleAsync(request, tenant.Developer.Actor, Stop)));
        Assert.Equal((ApiTokenErrors.CashierRefused.Code, ApiTokenErrors.CashierRefused.Message), (result.Error?.Code, result.Error?.Message));
    }

    private async Task<List<ApiToken>> TokensAsync(TestTenant tenant)
    {
        await using var db = core.Db.Open(tenant.Id);
        return await db.Set<ApiToken>().AsNoTracking().ToListAsync(Stop);
    }

    private async Task<List<LoginOutcome>> OutcomesAsync(TestTenant tenant)
    {
        await using var db = core.Db.Open(tenant.Id);
        return await db.Set<LoginAttempt>().Where(attempt => attempt.Way == SignInChannel.CashierCheck).OrderBy(attempt => attempt.Id).Select(attempt => attempt.Outcome).ToListAsync(Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : CreateApiTokenTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : CreateApiTokenTests(core), IClassFixture<PostgreSqlCore>;
}
