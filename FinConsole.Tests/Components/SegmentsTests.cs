using Bunit;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace FinConsole.Tests.Components;

public sealed class SegmentsTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Fact]
    public async Task Are_radio_buttons_of_one_group_and_the_chosen_one_looks_chosen()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var chosen = "pem";
        var strip = console.Show<Segments>(parameters => parameters.Add(each => each.Label, "Format").Add(each => each.Name, "format").Add(each => each.Value, chosen)
            .Add(each => each.Options, [new("pem", "PEM"), new("jwk", "JWK")]).Add(each => each.ValueChanged, EventCallback.Factory.Create<string>(this, value => chosen = value)));

        Assert.Equal(("radiogroup", "Format"), (strip.Find("div").GetAttribute("role"), strip.Find("div").GetAttribute("aria-label")));
        Assert.Equal([("PEM", "format", true, true), ("JWK", "format", false, false)], Items(strip));

        await strip.FindAll("input")[1].ChangeAsync("jwk");
        Assert.Equal("jwk", chosen);
        strip.Render(parameters => parameters.Add(each => each.Value, chosen));
        Assert.Equal([("PEM", "format", false, false), ("JWK", "format", true, true)], Items(strip));
    }

    private static IEnumerable<(string Text, string? Name, bool Checked, bool Selected)> Items(IRenderedComponent<Segments> strip) =>
        strip.FindAll("label.mud-toggle-item").Select(item => (item.TextContent.Trim(), item.QuerySelector("input[type=radio]")!.GetAttribute("name"), item.QuerySelector("input")!.HasAttribute("checked"), item.ClassList.Contains("mud-toggle-item-selected")));
}
