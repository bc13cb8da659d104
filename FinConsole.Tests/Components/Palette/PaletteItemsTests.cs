using System.Security.Claims;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Web;
using FinConsole.Web.Components.Layout;
using FinConsole.Web.Components.Palette;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Authorization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace FinConsole.Tests.Components.Palette;

public sealed class PaletteItemsTests
{
    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    [Theory]
    [MemberData(nameof(Roles))]
    public void Every_page_that_a_role_may_open_is_offered_and_no_other(Role role)
    {
        // By what the pages themselves ask for: what leads elsewhere than to a page of the console is not among them.
        var pages = typeof(ConsoleUrls).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), false).Cast<RouteAttribute>().Select(route => (Type: type, route.Template)))
            .Where(page => page.Type.GetCustomAttributes(typeof(RequirePermissionAttribute), false).Length > 0 && page.Template != "/page-not-found")
            .Select(page => (page.Template, Policies: page.Type.GetCustomAttributes(typeof(AuthorizeAttribute), false).Cast<AuthorizeAttribute>().Select(each => each.Policy)))
            .Where(page => page.Policies.All(policy => Enum.GetValues<Permission>().Any(permission => PermissionPolicies.Name(permission) == policy && role.May(permission))))
            .Select(page => page.Template);

        var offered = PaletteItems.Pages(UserOf(role)).Where(item => !item.Hidden).Select(item => item.Url!);

        Assert.Equal(pages.Order(), offered.Order());
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void No_role_is_offered_what_leads_to_a_page_that_it_may_not_open(Role role)
    {
        var user = UserOf(role);
        string[] elsewhere = [ConsoleUrls.ApiDocs, ConsoleUrls.Logout];
        var pages = PaletteItems.Pages(user).Where(item => !item.Hidden).Select(item => item.Url!).Concat(elsewhere).ToHashSet();
        PaletteItem[] items = [.. PaletteItems.Pages(user), .. PaletteItems.Actions(user), .. PaletteItems.Searches("text", user)];

        Assert.All(items.Where(item => item.Url is not null), item => Assert.Contains(item.Url!.Split('?')[0], pages));
        Assert.All(items, item => Assert.True(item.Url is null == item.Command is not PaletteCommand.None, item.Key));
        Assert.Equal(items.Length, items.Select(item => item.Key).Distinct().Count());
        Assert.All(items, item => Assert.Matches("^[a-z0-9-]+$", item.Key));
    }

    [Fact]
    public void Who_must_set_up_a_second_factor_first_is_offered_that_alone()
    {
        var user = UserOf(Role.TenantAdmin, new Claim(ConsoleClaims.MfaDue, "true"));

        Assert.Equal([ConsoleUrls.Mfa], PaletteItems.Pages(user).Select(item => item.Url));
        Assert.Empty(PaletteItems.Searches("text", user));
    }

    [Fact]
    public void What_is_looked_for_stands_in_the_address_as_it_was_typed() =>
        Assert.Contains(PaletteItems.Searches("a&b=c +\"d\"", UserOf(Role.TenantAdmin)), item => item.Url == "/security/audit?q=a%26b%3Dc%20%2B%22d%22");

    [Theory]
    [InlineData("dark", "Switch between light and dark")]
    [InlineData("2fa", "Two-factor")]
    [InlineData("invite", "Invite member")]
    [InlineData("create token", "Create API token")]
    [InlineData("overdue", "API tokens overdue for rotation")]
    public void An_item_is_found_by_its_name_and_by_other_words_for_it(string text, string found) =>
        Assert.Equal(found, PaletteSearch.List(SearchWords.Of(text), UserOf(Role.TenantAdmin)).SelectMany(group => group.Items).First().Text);

    [Fact]
    public void What_fits_by_other_words_alone_stands_aside()
    {
        var groups = PaletteSearch.List(SearchWords.Of("check"), UserOf(Role.TenantAdmin)).Where(group => group.Items.Count > 0).ToList();

        Assert.Equal(("Audit log", true), (Assert.Single(groups).Items[0].Text, groups[0].Aside));
        Assert.False(PaletteSearch.List(SearchWords.Of("audit"), UserOf(Role.TenantAdmin))[0].Aside);
    }

    [Fact]
    public void The_navigation_leads_to_pages_that_have_a_link_of_their_own() =>
        Assert.Equal(10, ConsolePages.Groups.SelectMany(group => group.Pages).Count(page => page.NavText.Length > 0));

    private static ClaimsPrincipal UserOf(Role role, params Claim[] claims) => new(new ClaimsIdentity([new Claim(ConsoleClaims.Role, role.ToString()), .. claims], "test"));
}
