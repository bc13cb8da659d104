using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.EncryptionKeys;
using FinConsole.E2E.Fixtures;
using FinConsole.E2E.Team;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Components;

/// <summary>
/// Every page and dialog, wide and narrow, light and dark: accessible, nothing sticks out, one heading, a title, a picture. Those of the
/// log, the policy and the sign-ins are in <see cref="SecurityPagesTests"/>, which runs beside this.
/// </summary>
public sealed class PagesTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private const string Token = "Ledger export";

    private static readonly Dictionary<string, Func<PagesTests, IPage, Task>> Pages = new()
    {
        ["login"] = (_, page) => page.GotoAsync(ConsoleUrls.Login),
        ["forgot-password"] = (_, page) => page.GotoAsync(ConsoleUrls.ForgotPassword),
        ["logout"] = (_, page) => page.GotoAsync(ConsoleUrls.Logout),
        ["overview"] = (_, page) => GoLiveAsync(page, ConsoleUrls.Overview),
        ["first-run"] = (_, page) => GoLiveAsync(page, ConsoleUrls.Overview),
        ["tokens"] = (_, page) => TokensAsync(page),
        ["tokens-ended"] = (_, page) => TokensAsync(page, "?status=ended"),
        ["create"] = async (_, page) =>
        {
            await TokensAsync(page);
            await page.OpenCreateAsync();
        },
        ["show-once"] = (test, page) => test.ShowOnceAsync(page),
        ["rotate"] = async (_, page) =>
        {
            await TokensAsync(page);
            await page.Button($"Rotate {Token}").ClickAsync();
            await Assertions.Expect(page.DialogNamed("Rotate token")).ToBeVisibleAsync();
        },
        ["invalidate"] = (_, page) => ChooseAsync(page, "Invalidate", "Invalidate token"),
        ["edit"] = (_, page) => ChooseAsync(page, "Edit", $"Edit {Token}"),
        ["details"] = (_, page) => ChooseAsync(page, "Details", Token),
        ["menu"] = async (_, page) =>
        {
            await TokensAsync(page);
            await page.Button($"More actions for {Token}").ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Menuitem).First).ToBeVisibleAsync();
        },
        ["usage"] = async (_, page) =>
        {
            await GoLiveAsync(page, ConsoleUrls.Usage);
            await Assertions.Expect(page.GetByTestId("usage-chart")).ToBeVisibleAsync();
        },
        ["encryption-keys"] = (_, page) => page.GoToKeysAsync(),
        ["rotate-keys"] = async (_, page) =>
        {
            await page.GoToKeysAsync();
            await page.OpenRotateKeysAsync();
        },
        ["export-key"] = async (_, page) =>
        {
            await page.GoToKeysAsync();
            await page.Button("Export private key").ClickAsync();
            await page.DialogNamed("Export private key").Field("Passphrase").PressSequentiallyAsync("harbour teapot");
            await Assertions.Expect(page.GetByText("Use at least 15 characters")).ToBeVisibleAsync();
        },
        ["try-it"] = async (_, page) =>
        {
            await page.GoToKeysAsync();
            var key = await page.GetByTestId("public-key").InnerTextAsync();
            await Assertions.Expect(await page.TryItAsync(await TryItTests.ByOpenSslAsync(key, "sha1", "sha1"))).ToContainTextAsync("MGF1-SHA-1");
            await page.GetByTestId("try-result").ScrollIntoViewIfNeededAsync();
        },
        ["try-it-unknown"] = async (_, page) =>
        {
            await page.GoToKeysAsync();
            await Assertions.Expect(await page.TryItAsync(Convert.ToBase64String(new byte[384]))).ToContainTextAsync("PKCS #1 v1.5");
            await page.GetByTestId("try-result").ScrollIntoViewIfNeededAsync();
        },
        ["team"] = (_, page) => page.GoToTeamAsync(),
        ["invite"] = async (_, page) =>
        {
            await page.GoToTeamAsync();
            await page.Button("Invite member").ClickAsync();
            await Assertions.Expect(page.DialogNamed("Invite member")).ToBeVisibleAsync();
        },
        ["change-role"] = async (_, page) =>
        {
            await page.GoToTeamAsync();
            await page.ChooseMemberAsync("Daniel Kim", "Change role");
            await Assertions.Expect(page.DialogNamed("Change the role of Daniel Kim")).ToBeVisibleAsync();
        },
        ["deactivate"] = async (_, page) =>
        {
            await page.GoToTeamAsync();
            await page.ChooseMemberAsync("Daniel Kim", "Deactivate");
            await Assertions.Expect(page.GetByTestId("member-token").First).ToBeVisibleAsync();
        },
        ["accept-invitation"] = (test, page) => test.InvitationAsync(page),
        ["profile"] = (_, page) => GoLiveAsync(page, ConsoleUrls.Profile),
        ["password"] = (_, page) => GoLiveAsync(page, ConsoleUrls.Password),
        ["sessions"] = (_, page) => GoLiveAsync(page, ConsoleUrls.Sessions),
        ["palette"] = async (_, page) =>
        {
            await TokensAsync(page);
            await page.Keyboard.PressAsync("Control+k");
            await page.Keyboard.TypeAsync("checkout");
            await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Name = "Checkout" }).First).ToBeVisibleAsync();
        },
        ["shortcuts"] = async (_, page) =>
        {
            await TokensAsync(page);
            await page.Keyboard.PressAsync("?");
            await Assertions.Expect(page.DialogNamed("Keyboard shortcuts")).ToBeVisibleAsync();
        },
        ["not-found"] = (_, page) => page.GotoAsync("/no-such-page"),
    };

    // What the documentation shows: the rest would only make the repository larger.
    private static readonly HashSet<string> Documented =
    [
        "login", "overview", "first-run", "tokens", "create", "show-once", "rotate", "invalidate", "details", "usage", "encryption-keys", "rotate-keys", "export-key", "try-it",
        "team", "invite", "deactivate", "accept-invitation", "profile", "password", "sessions", "palette", "not-found",
    ];

    public static TheoryData<string, int> PagesAndWidths() => Looks.Of(Pages.Keys);

    [Theory]
    [MemberData(nameof(PagesAndWidths))]
    public async Task Is_accessible_and_fits(string name, int width)
    {
        var look = Look.Of(width, "light");
        var person = name switch
        {
            "login" or "forgot-password" or "accept-invitation" => null,
            "first-run" => (await OwnTenant.NewAsync(Server)).Admin,
            _ => Demo.Admin,
        };
        var page = await OpenAsync(person, look);
        if (name == "not-found")
            Watch(page).Expect("answer 404");
        await Pages[name](this, page);

        await Looks.CheckAsync(page, name, look, Documented.Contains(name));
        if (name == "show-once")
            await DiscardAsync(page);
    }

    private static async Task TokensAsync(IPage page, string query = "")
    {
        await page.GoToTokensAsync(query);
        await Assertions.Expect(page.GetByTestId("token-row").First).ToBeVisibleAsync();
    }

    private static async Task ChooseAsync(IPage page, string item, string dialog)
    {
        await TokensAsync(page);
        await page.ChooseAsync(Token, item);
        await Assertions.Expect(page.DialogNamed(dialog)).ToBeVisibleAsync();
    }

    private async Task InvitationAsync(IPage page)
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await page.GotoAsync(await Server.AddInvitationAsync(tenant, $"zoe@{tenant.Id:N}.example"));
        await Assertions.Expect(page.Button("Accept invitation")).ToBeVisibleAsync();
    }

    private async Task ShowOnceAsync(IPage page)
    {
        await TokensAsync(page);
        await page.CreateAsync("Invoice service", Demo.Cashier);

        // No picture shows a secret, though this one dies with the test.
        var secret = await page.SecretAsync();
        await page.EvaluateAsync(
            """
            ([secret, shown]) => {
              const texts = document.createTreeWalker(document.querySelector('[role=dialog]'), NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replaceAll(secret, shown);
            }
            """,
            new[] { secret, string.Concat(secret.AsSpan(0, 7), "0123456789".PadRight(45, 'x'), "demo") });
    }

    // Void again, so that the list of the next picture is what it was.
    private async Task DiscardAsync(IPage page)
    {
        await page.Context.CloseAsync();
        var other = await OpenAsync(Demo.Admin);
        await TokensAsync(other, "?q=Invoice+service");
        await other.ChooseAsync("Invoice service", "Discard");
        await other.DialogNamed("Discard Invoice service?").Button("Discard token").ClickAsync();
        await Assertions.Expect(other.Row("Invoice service")).ToHaveCountAsync(0);
    }
}
