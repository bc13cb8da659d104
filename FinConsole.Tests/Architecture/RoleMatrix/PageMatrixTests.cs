using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Architecture.RoleMatrix;

/// <summary>Each of the four roles, and a stranger, against each page and each other address of the console.</summary>
public sealed class PageMatrixTests(WebConsole console) : IClassFixture<WebConsole>
{
    // What browsers fetch for every page, and the live connection, whose answers WebHostTests holds.
    private static readonly string[] Machinery = ["_framework/", "_content/", "_blazor", "theme."];

    [Fact]
    public void Every_address_has_its_line_and_every_line_its_address()
    {
        using var browser = console.Browser();
        var addresses = console.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
            // The API's routes take no cookie and are no pages; ApiContractTests hold each of them to the access that it declares.
            .Where(endpoint => endpoint.Metadata.GetMetadata<ApiAccess>() is null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => !Array.Exists(Machinery, part => route.StartsWith("/" + part, StringComparison.Ordinal)) && !route.StartsWith("/{**", StringComparison.Ordinal));

        Assert.Equal(addresses.Distinct().Order(StringComparer.Ordinal), PageTable.All.Select(page => page.Route).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Answers_each_role_and_strangers_as_the_table_says()
    {
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<Role>().Select(role => (Role?)role).Prepend(null))
        {
            using var browser = console.Browser();
            if (role is { } which)
                await SignInAsync(browser, await EmailOfAsync(which));
            foreach (var page in PageTable.All.Where(page => page.Route != ConsoleUrls.Logout))
            {
                var answer = await AskAsync(browser, page.Route);
                if (answer != page.For(role))
                    wrong.Add($"{page.Route} for {role?.ToString() ?? "a stranger"}: {answer} instead of {page.For(role)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Tells_who_is_refused_nothing_of_the_page_but_that()
    {
        using var browser = console.Browser();
        await SignInAsync(browser, await EmailOfAsync(Role.Cashier));

        var page = await (await browser.GetAsync(ConsoleUrls.Audit, Stop)).Content.ReadAsStringAsync(Stop);

        Assert.DoesNotContain("data-testid", page, StringComparison.Ordinal);
        Assert.DoesNotContain(WebConsole.Email, page, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(HttpClient browser, string route)
    {
        using var answer = await browser.GetAsync(route, Stop);
        var target = answer.Headers.Location?.OriginalString.Split('?')[0];
        return target is null ? ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture) : $"to {target}";
    }

    private static async Task SignInAsync(HttpClient browser, string email)
    {
        var answer = await WebConsole.PostAsync(browser, ConsoleUrls.Login, ("Form.Email", email), ("Form.Password", WebConsole.Password));
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, answer.StatusCode);
    }

    /// <summary>The admin who set the console up; the others are invited.</summary>
    private async Task<string> EmailOfAsync(Role role)
    {
        if (role == Role.TenantAdmin)
            return WebConsole.Email;
        var email = $"{UseCase.NameOf(role)}@acme.example";
        var invitation = await console.Services.GetRequiredService<InviteMember>().HandleAsync(new InviteMemberRequest(email, null, role), await AdminAsync(), Stop);
        if (invitation.Succeeded)
        {
            var request = new AcceptInvitationRequest(Team.TeamSteps.SecretOf(invitation.Value), "Somebody", new Secret(WebConsole.Password));
            Assert.True((await console.Services.GetRequiredService<AcceptInvitation>().HandleAsync(request, RequestOrigin.None, Stop)).Succeeded);
        }

        return email;
    }

    private async Task<Actor> AdminAsync()
    {
        var signedIn = await console.Services.GetRequiredService<Core.SignIn.SignInWithPassword>()
            .HandleAsync(WebConsole.Email, new Secret(WebConsole.Password), RequestOrigin.None, Stop);
        var session = signedIn.Value!.Session!;
        return new Actor(ActorKind.Account, session.TenantId, session.MemberId, session.Email, session.SessionId, RequestOrigin.None);
    }
}
