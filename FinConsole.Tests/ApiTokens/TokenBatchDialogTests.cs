using Bunit;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.ApiTokens;
using MudBlazor;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public sealed class TokenBatchDialogTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Production_tokens_end_only_after_the_word_was_typed()
    {
        var (tenant, tokens) = await MakeAsync(TokenEnvironment.Development, TokenEnvironment.Production);
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        string? said = null;
        var dialog = Open(console, TokenBatch.Invalidate, tokens, result => said = result?.Data as string);

        Assert.Equal(["Token 0", "Token 1"], dialog.FindAll("[data-testid=batch-tokens] .fc-strong").Select(name => name.TextContent));
        Assert.True(dialog.Find("button[type=submit]").HasAttribute("disabled"));
        await dialog.Find("#batch-confirm").InputAsync(new() { Value = "prod" });
        Assert.True(dialog.Find("button[type=submit]").HasAttribute("disabled"));
        await dialog.Find("#batch-confirm").InputAsync(new() { Value = " Production " });
        await dialog.Find("form").SubmitAsync();
        dialog.WaitForAssertion(() => Assert.Equal("Choose a reason.", dialog.Find("#batch-reason-error").TextContent), Patience);
        Assert.Equal(TokenStatus.Active, await core.StatusAsync(tenant, tokens[0].Id));

        await dialog.ChooseAsync("batch-reason", "No longer needed");
        await dialog.Find("form").SubmitAsync();
        dialog.WaitForAssertion(() => Assert.Equal("2 tokens invalidated.", said), Patience);
        foreach (var token in tokens)
            Assert.Equal(TokenStatus.Invalidated, await core.StatusAsync(tenant, token.Id));
    }

    [Fact]
    public async Task Without_production_nothing_is_typed()
    {
        var (tenant, tokens) = await MakeAsync(TokenEnvironment.Development, TokenEnvironment.Staging);
        await using var console = new BrowserlessConsole(core, tenant.Developer);

        var dialog = Open(console, TokenBatch.Invalidate, tokens);

        Assert.Empty(dialog.FindAll("#batch-confirm"));
        Assert.False(dialog.Find("button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task What_was_refused_is_listed_by_its_token_and_closing_says_how_many_were_done()
    {
        var (tenant, tokens) = await MakeAsync(TokenEnvironment.Development, TokenEnvironment.Development);
        await core.TryInvalidateAsync(tenant, tokens[1].Id);
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        string? said = null;
        var dialog = Open(console, TokenBatch.Disable, tokens, result => said = result?.Data as string);

        await dialog.Find("form").SubmitAsync();

        dialog.WaitForAssertion(() => Assert.Equal(2, dialog.FindAll("[data-testid=batch-outcomes] li").Count), Patience);
        Assert.Equal("Disabled", dialog.FindAll("[data-testid=batch-outcomes] li > :nth-child(2)")[0].TextContent.Trim());
        Assert.Equal(ApiTokenErrors.Ended.Message, dialog.FindAll("[data-testid=batch-outcomes] li > :nth-child(2)")[1].TextContent.Trim());
        await dialog.FindAll("button").Single(button => button.TextContent.Trim() == "Close").ClickAsync(new());
        dialog.WaitForAssertion(() => Assert.Equal("1 of 2 tokens done; the others were refused.", said), Patience);
    }

    [Fact]
    public async Task The_bar_says_how_many_are_selected_and_offers_what_fits_them()
    {
        var (tenant, tokens) = await MakeAsync(TokenEnvironment.Development, TokenEnvironment.Development);
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        IReadOnlySet<Guid> chosen = new HashSet<Guid>();
        IRenderedComponent<TokenSelection> Bar(params TokenView[] selected) => console.Show<TokenSelection>(parameters => parameters
            .Add(bar => bar.Selected, selected).Add(bar => bar.OnSelect, ids => chosen = ids));

        Assert.Empty(Bar().FindAll("button"));
        var bar = Bar(tokens[0]);
        Assert.Equal("1 selected", bar.Find("[role=status]").TextContent);
        Assert.Equal(["Disable", "Invalidate selected", "Clear selection"], bar.FindAll("button").Select(button => button.TextContent.Trim()));
        Assert.Contains("Enable", Bar(tokens[0] with { DisabledAt = core.Time.GetUtcNow() }).FindAll("button").Select(button => button.TextContent.Trim()));

        await bar.Find("[data-fc-selected]").ChangeAsync(new() { Value = $"{tokens[1].Id} nonsense {tokens[0].Id}" });
        Assert.True(chosen.IsSupersetOf([tokens[0].Id, tokens[1].Id]));
    }

    private static IRenderedComponent<BrowserlessConsole.DialogHost> Open(BrowserlessConsole console, TokenBatch batch, IReadOnlyList<TokenView> tokens, Action<DialogResult?>? closed = null)
    {
        var dialog = console.Open<TokenBatchDialog>(new() { { each => each.Batch, batch }, { each => each.Tokens, tokens } }, closed);
        dialog.WaitForElement("form", Patience);
        return dialog;
    }

    private async Task<(TestTenant Tenant, IReadOnlyList<TokenView> Tokens)> MakeAsync(params TokenEnvironment[] environments)
    {
        var tenant = await core.NewTenantAsync();
        var tokens = new List<TokenView>();
        foreach (var (number, environment) in environments.Index())
            tokens.Add((await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, $"Token {number}") with { Environment = environment })).Token);
        return (tenant, tokens);
    }
}
