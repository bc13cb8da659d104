using System.Diagnostics.CodeAnalysis;
using Bunit;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Lists;
using FinConsole.Web.Components.Shared;
using Xunit;

namespace FinConsole.Tests.Components;

[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
public sealed class RowListTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Fact]
    public void A_row_that_the_browser_has_in_that_form_is_told_by_its_id_alone()
    {
        var lines = new RowLines();

        Assert.Equal("<tr id=\"a\">1</tr>\n<tr id=\"b\">2</tr>", lines.Next([Row("a", "1"), Row("b", "2")]));
        Assert.Equal("<tr id=\"c\">3</tr>\n=a\n<tr id=\"b\">4</tr>", lines.Next([Row("c", "3"), Row("a", "1"), Row("b", "4")]));
        Assert.Equal("=b", lines.Next([Row("b", "4")]));
        Assert.Equal("<tr id=\"a\">1</tr>\n=b", lines.Next([Row("a", "1"), Row("b", "4")]));
    }

    [Fact]
    public async Task An_open_page_keeps_no_row_once_the_browser_has_it()
    {
        var tenant = await core.NewTenantAsync();
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        var seen = new List<string?>();

        var list = Show(console, new RowBatch([Row("a", "1")]));
        list.OnMarkupUpdated += (_, _) => seen.Add(list.Find("fc-rows").GetAttribute("data-fc-rows"));
        list.Render(parameters => parameters.Add(each => each.Rows, new RowBatch([Row("a", "2")])));

        Assert.Equal("<tr id=\"a\">2</tr>", seen[0]);
        Assert.Null(list.Find("fc-rows").GetAttribute("data-fc-rows"));
    }

    [Fact]
    public async Task A_batch_is_drawn_once_however_often_the_page_is()
    {
        var tenant = await core.NewTenantAsync();
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        var drawn = 0;
        var batch = new RowBatch(Enumerable.Range(0, 1).Select(_ => Row("a", $"{drawn++}")));

        var list = Show(console, batch);
        list.Render(parameters => parameters.Add(each => each.Css, "other"));

        Assert.Equal(1, drawn);
        Assert.Throws<InvalidOperationException>(batch.Take);
    }

    [Fact]
    public async Task A_press_in_a_row_reaches_the_page_with_the_row_and_what_is_asked_for()
    {
        var tenant = await core.NewTenantAsync();
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        PressedEventArgs? asked = null;
        var list = console.Show<RowList>(parameters => parameters
            .Add(each => each.Head, "<tr></tr>").Add(each => each.Rows, new RowBatch([Row("a", "1")])).Add(each => each.OnAction, action => asked = action));

        await list.Find("fc-rows").TriggerEventAsync("onpressed", new PressedEventArgs { Row = "a", Action = "open" });

        Assert.Equal(("a", "open"), (asked?.Row, asked?.Action));
    }

    private static IRenderedComponent<RowList> Show(BrowserlessConsole console, RowBatch rows) =>
        console.Show<RowList>(parameters => parameters.Add(each => each.Head, "<tr></tr>").Add(each => each.Rows, rows));

    private static DrawnRow Row(string id, string text) => new(id, EncodedHtml.Of($"<tr id=\"{id}\">{text}</tr>"));
}
