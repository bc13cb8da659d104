using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;

namespace FinConsole.E2E.Team;

/// <summary>What a person does on the team page, by the names that outside tools rely on.</summary>
internal static class TeamUi
{
    public static async Task GoToTeamAsync(this IPage page, string query = "")
    {
        await page.GotoAsync(ConsoleUrls.Team + query);
        await Assertions.Expect(page.GetByTestId("member-row").First).ToBeVisibleAsync();
    }

    public static ILocator MemberRow(this IPage page, string name) => page.GetByTestId("member-row").Filter(new() { HasText = name });

    public static ILocator InvitationRow(this IPage page, string email) => page.GetByTestId("invitation-row").Filter(new() { HasText = email });

    public static async Task ChooseMemberAsync(this IPage page, string name, string item)
    {
        await page.Button($"More actions for {name}").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true }).ClickAsync();
    }

    /// <summary>Invites somebody; returns the link as the dialog shows it, without the console's own address.</summary>
    public static async Task<string> InviteAsync(this IPage page, string email, Role role)
    {
        await page.Button("Invite member").ClickAsync();
        var dialog = page.DialogNamed("Invite member");
        await dialog.Field("Email").FillAsync(email);
        await dialog.GetByRole(AriaRole.Radio, new() { Name = role.DisplayName() }).CheckAsync();
        await dialog.Button("Send invitation").ClickAsync();
        return await page.TakeLinkAsync($"Invitation sent to {email}");
    }

    public static async Task<string> TakeLinkAsync(this IPage page, string title)
    {
        var dialog = page.DialogNamed(title);
        var link = new Uri(await dialog.GetByTestId("invitation-link").InnerTextAsync());
        await dialog.Button("Done").ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        return link.PathAndQuery;
    }

    /// <summary>Fills in the form behind a link.</summary>
    public static async Task AcceptAsync(this IPage page, string link, Person person)
    {
        await page.GotoAsync(link);
        await page.GetByLabel("Your name", new() { Exact = true }).FillAsync(person.Name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(person.Password);
        await page.Button("Accept invitation").ClickAsync();
    }

    /// <summary>An invitation made behind the pages' back; answers its link without the console's own address.</summary>
    public static async Task<string> AddInvitationAsync(this ConsoleServer server, OwnTenant tenant, string email, string? name = null)
    {
        var made = await server.Get<InviteMember>().HandleAsync(new InviteMemberRequest(email, name, Role.Developer), Actor.System(tenant.Id, "setup"), Stop);
        return new Uri(made.Value!.Link.Reveal()).PathAndQuery;
    }
}
