using Bunit;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.ApiTokens;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>The logic of the tokens page's forms, over the real use cases.</summary>
public sealed class TokenDialogTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Fact]
    public async Task Creating_begins_with_development_one_month_and_reading()
    {
        var (_, console) = await OpenAsync();
        await using var _2 = console;
        var dialog = Create(console);
        Assert.Equal(("Development", "1 month"), (Value(dialog, "#create-environment"), Value(dialog, "#create-expiry")));
        Assert.Equal(["read:*"], Chosen(dialog));
    }

    [Fact]
    public async Task Scopes_follow_the_environment_until_somebody_chooses_them()
    {
        var (_, console) = await OpenAsync();
        await using var _2 = console;
        var dialog = Create(console);

        await dialog.ChooseAsync("create-environment", "Staging");
        Assert.Equal(["read:*", "write:limited"], Chosen(dialog));
        await dialog.ChooseAsync("create-environment", "Production");
        Assert.Empty(Chosen(dialog));

        dialog.Find("input[value='read:reports']").Change(true);
        await dialog.ChooseAsync("create-environment", "Development");
        Assert.Equal(["read:reports"], Chosen(dialog));
    }

    [Fact]
    public async Task A_preset_is_what_an_environment_begins_with_and_stays_when_the_environment_changes()
    {
        var (_, console) = await OpenAsync();
        await using var _2 = console;
        var dialog = Create(console);

        await dialog.FindAll("button.preset").Single(button => button.TextContent == "Staging").ClickAsync(new());
        Assert.Equal(["read:*", "write:limited"], Chosen(dialog));
        await dialog.ChooseAsync("create-environment", "Production");
        Assert.Equal(["read:*", "write:limited"], Chosen(dialog));
        Assert.Contains("covered", dialog.Find("input[value='read:accounts']").Closest("td")!.ClassName, StringComparison.Ordinal);
        Assert.DoesNotContain("covered", dialog.Find("input[value='write:accounts']").Closest("td")!.ClassName ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_stands_under_its_own_field_and_nothing_is_made()
    {
        var (tenant, console) = await OpenAsync();
        await using var _2 = console;
        var dialog = Create(console);
        await dialog.ChooseAsync("create-environment", "Production");
        dialog.Find("#create-allowlist").Change("10.0.0.1/8");
        await dialog.Find("form").SubmitAsync();

        string[] wrong = ["create-name", "create-allowlist", "create-cashier-email", "create-cashier-password"];
        Assert.Equal(wrong.Order(), dialog.FindAll("[aria-invalid=true]").Select(field => field.Id!).Order());
        Assert.All(wrong, id => Assert.NotEmpty(dialog.Find($"#{id}-error").TextContent));
        Assert.NotEmpty(dialog.Find("#create-scopes-error").TextContent);
        Assert.Contains("10.0.0.0/8", dialog.Find("#create-allowlist-error").TextContent, StringComparison.Ordinal);
        Assert.Empty(await core.AuditAsync(tenant.Id));
    }

    [Fact]
    public async Task A_wrong_cashier_password_is_said_once_and_the_password_is_forgotten()
    {
        var (tenant, console) = await OpenAsync();
        await using var _2 = console;
        var dialog = Create(console);
        dialog.Find("#create-name").Change("Ledger");
        dialog.Find("#create-cashier-email").Change(tenant.Cashier.Email);
        dialog.Find("#create-cashier-password").Change("not the password");
        await dialog.Find("form").SubmitAsync();

        Assert.Contains("match a cashier", dialog.Find("#create-cashier-email-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Ledger", Value(dialog, "#create-name"));
        Assert.Empty(Value(dialog, "#create-cashier-password") ?? "");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_good_form_hands_the_secret_over_and_keeps_no_draft(bool answered)
    {
        var (tenant, console) = await OpenAsync();
        await using var _2 = console;
        // A connection that is lost just then loses the call to the browser, and no secret.
        if (!answered)
            console.JSInterop.SetupVoid("fc.clearDraft", _ => true);
        NewApiToken? made = null;
        var dialog = Create(console, token => made = token);
        dialog.Find("#create-name").Change("Ledger");
        dialog.Find("#create-cashier-email").Change(tenant.Cashier.Email);
        dialog.Find("#create-cashier-password").Change(TestMember.Password);
        await dialog.Find("form").SubmitAsync().WaitAsync(TimeSpan.FromSeconds(20), Xunit.TestContext.Current.CancellationToken);

        Assert.Equal(("Ledger", TokenStatus.Pending), (made!.Token.Name, made.Token.Status));
        console.JSInterop.VerifyInvoke("fc.clearDraft");
        Assert.DoesNotContain(made.Secret.Reveal(), dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_comes_back_and_junk_in_its_place_does_no_harm()
    {
        var (_, console) = await OpenAsync();
        await using var _2 = console;
        console.JSInterop.Setup<string?>("fc.readDraft", "create-token")
            .SetResult("""{"name":"Half typed","environment":"Staging","expiry":"99","scopes":["read:accounts","<script>"],"cashierEmail":"c@x.example","unknown":1}""");
        var dialog = Create(console);
        dialog.WaitForAssertion(() => Assert.Equal("Half typed", Value(dialog, "#create-name")));
        Assert.Equal("Staging", Value(dialog, "#create-environment"));
        Assert.Equal(["read:accounts"], Chosen(dialog));
    }

    [Fact]
    public async Task Rotating_asks_for_a_day_and_says_until_when_the_old_one_works()
    {
        var (tenant, console) = await OpenAsync();
        await using var _2 = console;
        var row = await RowAsync(tenant, TokenExpiry.Hours24);
        var dialog = console.Open<RotateTokenDialog>(new() { { each => each.Row, row } });

        Assert.Equal("24 hours", Value(dialog, "#rotate-overlap"));
        Assert.Equal(row.Token.CashierEmail, Value(dialog, "#rotate-cashier-email"));
        Assert.Contains("own expiry", dialog.Find("#rotate-overlap-hint").TextContent, StringComparison.Ordinal);
        await dialog.ChooseAsync("rotate-overlap", "None: the old token stops at once");
        Assert.Contains("refused from that moment", dialog.Find("#rotate-overlap-hint").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalidating_wants_a_reason()
    {
        var (tenant, console) = await OpenAsync();
        await using var _2 = console;
        var row = await RowAsync(tenant);
        string? done = null;
        var dialog = console.Open<InvalidateTokenDialog>(new() { { each => each.Token, row.Token } }, closed => done = closed?.Data as string);

        await dialog.Find("form").SubmitAsync();
        Assert.NotEmpty(dialog.Find("#invalidate-reason-error").TextContent);
        Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, row.Token.Id));

        await dialog.ChooseAsync("invalidate-reason", "Compromised");
        await dialog.Find("form").SubmitAsync();
        Assert.Contains(row.Token.Name, done, StringComparison.Ordinal);
        Assert.Equal(TokenStatus.Invalidated, await core.StatusAsync(tenant, row.Token.Id));
    }

    [Fact]
    public async Task Editing_offers_only_scopes_that_narrow()
    {
        var (tenant, console) = await OpenAsync();
        await using var _2 = console;
        var row = await RowAsync(tenant, scopes: ["read:*", "write:payments"]);
        var dialog = console.Open<EditTokenDialog>(new() { { each => each.Token, row.Token } });
        var offered = dialog.FindAll("input[type=checkbox]").Select(box => box.GetAttribute("value")!).ToList();

        Assert.Contains("read:accounts", offered);
        Assert.Contains("write:payments", offered);
        Assert.DoesNotContain("write:accounts", offered);
        Assert.DoesNotContain("read:audit", offered);
    }

    private async Task<(TestTenant Tenant, BrowserlessConsole Console)> OpenAsync()
    {
        var tenant = await core.NewTenantAsync();
        return (tenant, new BrowserlessConsole(core, tenant.Developer));
    }

    private async Task<TokenRow> RowAsync(TestTenant tenant, TokenExpiry expiry = TokenExpiry.Month1, IReadOnlyCollection<string>? scopes = null)
    {
        var request = TokenSteps.RequestFor(tenant) with { Expiry = expiry, Scopes = scopes ?? ["read:payments"] };
        var made = await core.MakeTokenAsync(tenant, request);
        return new TokenRow(made.Token with { Status = TokenStatus.Active }, null);
    }

    private static IRenderedComponent<BrowserlessConsole.DialogHost> Create(BrowserlessConsole console, Action<NewApiToken>? onMade = null) =>
        console.Open<CreateTokenDialog>([], closed => onMade?.Invoke((NewApiToken)closed!.Data!));

    private static string? Value<T>(IRenderedComponent<T> dialog, string selector)
        where T : Microsoft.AspNetCore.Components.IComponent => dialog.Find(selector).GetAttribute("value") ?? dialog.Find(selector).TextContent;

    private static List<string> Chosen<T>(IRenderedComponent<T> dialog)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        [.. dialog.FindAll("input[type=checkbox]").Where(box => box.HasAttribute("checked")).Select(box => box.GetAttribute("value")!)];
}
