using System.Text;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.ApiTokens;

/// <summary>Looks for what must not be anywhere.</summary>
public sealed class SecretTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task A_tokens_secret_and_the_passwords_typed_for_it_are_nowhere_once_it_is_saved()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync(tenant.Developer);
        List<string> bodies = [];
        page.Response += async (_, answer) =>
        {
            if (answer.Request.ResourceType is "document" or "fetch" or "xhr")
                bodies.Add(answer.Url + await BodyOfAsync(answer));
        };
        await page.GoToTokensAsync();
        await page.CreateAsync("Canary", tenant.Cashier);
        var secret = await page.SecretAsync();
        await page.SaveAsync();
        await Assertions.Expect(page.StatusOf("Canary")).ToHaveTextAsync("Active");
        var wrong = "canary-of-a-wrong-password-93";
        var dialog = await page.OpenRotateAsync("Canary", tenant.Cashier with { Password = wrong });
        await dialog.Button("Rotate token").ClickAsync();
        await Assertions.Expect(dialog.GetByText("don't match a cashier")).ToBeVisibleAsync();

        string[] canaries = [secret, secret[11..^4], tenant.Cashier.Password, wrong];
        var places = new Dictionary<string, string>
        {
            ["page"] = await page.EvaluateAsync<string>("() => document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map(field => field.value).join()"),
            ["storage"] = await page.EvaluateAsync<string>("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state])"),
            ["answers"] = string.Join('\n', bodies),
            ["url"] = page.Url,
            ["log"] = string.Join('\n', Server.Log.Lines),
            ["database"] = ReadDatabase(),
        };
        Assert.NotEmpty(bodies);
        Assert.Contains("Canary", places["page"], StringComparison.Ordinal);
        Assert.Contains("Canary", places["database"], StringComparison.Ordinal);
        foreach (var (place, text) in places)
            Assert.All(canaries, canary => Assert.False(text.Contains(canary, StringComparison.Ordinal), $"{place} holds {canary[..4]}…"));
    }

    [Fact]
    public async Task Pages_that_show_secrets_are_not_rendered_before_their_connection()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.AddTokenAsync("Unseen");
        var page = await OpenAsync(tenant.Developer);
        var answer = await page.GotoAsync(ConsoleUrls.Tokens);
        var source = await answer!.TextAsync();
        Assert.DoesNotContain("Unseen", source, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers["cache-control"]);
        await Assertions.Expect(page.Row("Unseen")).ToBeVisibleAsync();
    }

    private static async Task<string> BodyOfAsync(IResponse answer)
    {
        try
        {
            return await answer.TextAsync();
        }
        catch (PlaywrightException)
        {
            // Redirects have no body.
            return "";
        }
    }

    // The file, and what SQLite has not yet moved into it.
    private string ReadDatabase()
    {
        var text = new StringBuilder();
        foreach (var file in new[] { Server.DatabaseFile, Server.DatabaseFile + "-wal" }.Where(File.Exists))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }
}
