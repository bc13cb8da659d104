using Bunit;
using FinConsole.Core.Policies;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Policies;
using MudBlazor;
using Xunit;

namespace FinConsole.Tests.Policies;

/// <summary>A number of the policy in a field of MudBlazor's.</summary>
public sealed class FigureFieldTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private const string Name = "SessionIdleMinutes";

    [Theory]
    [InlineData("20", 20)]
    [InlineData("999999", 999999)]
    [InlineData("-3", -3)]
    [InlineData("", null)]
    [InlineData("1.5", null)]
    [InlineData("99999999999", null)]
    public async Task Takes_what_is_typed_as_it_is_and_leaves_the_verdict_to_the_policy(string typed, int? taken)
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Admin);
        var form = new PolicyForm(new PolicyView(PolicySettings.Default, 0, 0, 1));
        var told = 0;
        var field = Show(console, form, () => told++);

        await field.Find("input").InputAsync(typed);
        Assert.Equal(taken, form[Name]);
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task Says_its_unit_and_its_bounds_and_what_is_wrong()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Admin);
        var form = new PolicyForm(new PolicyView(PolicySettings.Default, 0, 0, 1));
        form[Name] = 1;
        Assert.False(form.Check());
        var field = Show(console, form, () => { });

        var input = field.Find("input");
        Assert.Equal(("number", "1"), (input.GetAttribute("type"), input.GetAttribute("value")));
        Assert.True(int.Parse(input.GetAttribute("min")!, System.Globalization.CultureInfo.InvariantCulture) > 1);
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal(["minutes", form.Errors[Name]], input.GetAttribute("aria-describedby")!.Split(' ').Select(id => field.Find($"#{id}").TextContent.Trim()));
        Assert.Single(field.FindComponents<MudTextField<string>>());
    }

    private static IRenderedComponent<FigureField> Show(BrowserlessConsole console, PolicyForm form, Action told) => console.Show<FigureField>(parameters => parameters
        .AddCascadingValue(form).Add(each => each.Name, Name).Add(each => each.Hint, "a hint").Add(each => each.OnChange, told));
}
