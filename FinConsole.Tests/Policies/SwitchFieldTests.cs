using Bunit;
using FinConsole.Core.Policies;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Policies;
using MudBlazor;
using Xunit;

namespace FinConsole.Tests.Policies;

/// <summary>A setting that is on or off, as a switch of MudBlazor's.</summary>
public sealed class SwitchFieldTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private const string Name = "RequireMfa";

    [Fact]
    public async Task Is_a_switch_with_its_name_and_its_hint_and_goes_on_and_off()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Admin);
        var (form, told) = (new PolicyForm(new PolicyView(PolicySettings.Default, 0, 0, 1)), 0);
        var field = Show(console, form, () => told++);

        var input = field.Find("input");
        Assert.Equal(("switch", "false", null), (input.GetAttribute("role"), input.GetAttribute("aria-checked"), input.GetAttribute("aria-invalid")));
        Assert.Equal("Require two-factor authentication", input.Closest("label")!.TextContent.Trim());
        Assert.Equal("a hint", field.Find($"#{input.GetAttribute("aria-describedby")}").TextContent);

        await input.ChangeAsync(true);
        Assert.Equal((true, "true", 1), (form.IsOn(Name), field.Find("input").GetAttribute("aria-checked"), told));
        await field.Find("input").ChangeAsync(false);
        Assert.Equal((false, "false", 2), (form.IsOn(Name), field.Find("input").GetAttribute("aria-checked"), told));
        Assert.Single(field.FindComponents<MudSwitch<bool>>());
    }

    [Fact]
    public async Task Says_why_it_was_refused()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Admin);
        var form = new PolicyForm(new PolicyView(PolicySettings.Default, 0, 0, 1));
        form.Check(new Dictionary<string, string> { [Name] = "Not now." });
        var field = Show(console, form, () => { });

        var input = field.Find("input");
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal(["Not now.", "a hint"], input.GetAttribute("aria-describedby")!.Split(' ').Select(id => field.Find($"#{id}").TextContent.Trim()));
    }

    private static IRenderedComponent<SwitchField> Show(BrowserlessConsole console, PolicyForm form, Action told) => console.Show<SwitchField>(parameters => parameters
        .AddCascadingValue(form).Add(each => each.Name, Name).Add(each => each.Hint, "a hint").Add(each => each.OnChange, told));
}
