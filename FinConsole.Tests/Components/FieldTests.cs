using System.Text.RegularExpressions;
using Bunit;
using FinConsole.Tests.Architecture;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Inputs;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Xunit;

namespace FinConsole.Tests.Components;

/// <summary>A field says the same of itself, whether MudBlazor draws it or the browser.</summary>
public sealed partial class FieldTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Theory]
    [InlineData(null, null, false, null)]
    [InlineData("as in its name", null, false, "as in its name")]
    [InlineData("as in its name", null, true, "Optional. as in its name")]
    [InlineData(null, null, true, "Optional.")]
    [InlineData(null, "too long", false, "too long")]
    [InlineData("as in its name", "too long", true, "too long")]
    public async Task Is_called_by_its_label_and_described_by_its_hint_or_its_error(string? hint, string? error, bool optional, string? description)
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var text = console.Show<TextField>(parameters => parameters.Add(each => each.Id, "it").Add(each => each.Label, "Holder").Add(each => each.Hint, hint).Add(each => each.Error, error).Add(each => each.Optional, optional));
        var select = console.Show<SelectField>(parameters => parameters.Add(each => each.Id, "it").Add(each => each.Label, "Holder").Add(each => each.Hint, hint).Add(each => each.Error, error).AddChildContent("<option></option>"));
        var native = console.Show<Field>(parameters => parameters.Add(each => each.Id, "it").Add(each => each.Label, "Holder").Add(each => each.Hint, hint).Add(each => each.Error, error).Add(each => each.Optional, optional).Add(each => each.ChildContent, Password));

        Assert.Equal(("Holder", description, error is not null), Describe(text));
        Assert.Equal(("Holder", error is not null || !optional ? description : hint, error is not null), Describe(select));
        Assert.Equal(("Holder", description, error is not null), Describe(native));
        Assert.Single(text.FindComponents<MudTextField<string>>());
    }

    [Fact]
    public async Task A_label_that_is_not_shown_is_still_there()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var field = console.Show<SelectField>(parameters => parameters.Add(each => each.Id, "it").Add(each => each.Label, "Sort by").Add(each => each.LabelHidden, true).AddChildContent("<option></option>"));

        Assert.Equal(("Sort by", null, false), Describe(field));
        Assert.Contains("fc-hidden", field.Find("label").ClassList);
    }

    [Fact]
    public void No_text_is_longer_than_a_message_of_a_circuit()
    {
        Assert.InRange(new TextField().MaxLength, 1, 4000);
        var endless = SourceTree.Files("FinConsole.Web", ".razor")
            .SelectMany(file => Inputs().Matches(file.Text).Select(match => $"{file}: {match.Value}"))
            .Where(input => input.Contains("@on", StringComparison.Ordinal) || input.Contains("@bind", StringComparison.Ordinal))
            .Where(input => !Chosen().IsMatch(input) && !input.Contains("maxlength=", StringComparison.Ordinal));

        Assert.Empty(endless);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_typed_arrives_and_what_is_emptied_is_empty(bool immediate)
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var (arrived, text) = ("", "before");
        var field = console.Show<TextField>(parameters => parameters.Add(each => each.Id, "it").Add(each => each.Label, "Code").Add(each => each.Immediate, immediate)
            .Add(each => each.Value, text).Add(each => each.ValueChanged, EventCallback.Factory.Create<string?>(this, value => arrived = text = value!)));

        Assert.Equal("before", field.Find("input").GetAttribute("value"));
        if (immediate)
            await field.Find("input").InputAsync("typed");
        else
            await field.Find("input").ChangeAsync("typed");
        Assert.Equal("typed", arrived);

        field.Render(parameters => parameters.Add(each => each.Value, ""));
        Assert.Equal("", field.Find("input").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task An_option_is_chosen_by_its_value()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var chosen = "";
        var field = console.Show<SelectField>(parameters => parameters.Add(each => each.Id, "it").Add(each => each.Label, "Outcome").Add(each => each.Value, "b")
            .Add(each => each.ValueChanged, EventCallback.Factory.Create<string?>(this, value => chosen = value!)).AddChildContent("<option value='a'>A</option><option value='b'>B</option>"));

        Assert.Equal("b", field.Find("select").GetAttribute("value"));
        await field.Find("select").ChangeAsync("a");
        Assert.Equal("a", chosen);
    }

    private static RenderFragment Password(Field.FieldContext field) => builder =>
    {
        builder.OpenElement(0, "input");
        builder.AddAttribute(1, "id", field.Id);
        builder.AddAttribute(2, "class", field.Css);
        builder.AddAttribute(3, "aria-describedby", field.DescribedBy);
        builder.AddAttribute(4, "aria-invalid", field.Invalid);
        builder.CloseElement();
    };

    // What a screen reader makes of it: the texts that its ids lead to, those that are there.
    private static (string Name, string? Description, bool Invalid) Describe<T>(IRenderedComponent<T> field)
        where T : IComponent
    {
        var control = field.Find("#it");
        var texts = (control.GetAttribute("aria-describedby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => field.FindAll($"#{id}")).Where(found => found.Count > 0).Select(found => found[0].TextContent.Trim()).ToList();
        return (field.Find("label[for=it]").TextContent.Trim(), texts.Count == 0 ? null : texts[0], control.GetAttribute("aria-invalid") == "true");
    }

    [GeneratedRegex("<(input|textarea)\\b(?:[^>\"]|\"[^\"]*\")*>", RegexOptions.Singleline)]
    private static partial Regex Inputs();

    [GeneratedRegex("type=\"(checkbox|radio|date|hidden|file)\"")]
    private static partial Regex Chosen();
}
