using AngleSharp.Html.Parser;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Components.Shared;
using Xunit;

namespace FinConsole.Tests.Components;

public sealed class EncodedHtmlTests
{
    private const string Hostile = "\"><img src=x onerror=alert(1)>&amp;'<script>";

    [Fact]
    public void What_stands_in_braces_is_text_in_an_element_and_in_an_attribute()
    {
        var drawn = new HtmlParser().ParseFragment(EncodedHtml.Of($"<b title=\"{Hostile}\">{Hostile}</b>").Value, null!).Single().FirstChild!.NextSibling!.FirstChild!;

        Assert.Equal(Hostile, ((AngleSharp.Dom.IElement)drawn).GetAttribute("title"));
        Assert.Equal(Hostile, drawn.TextContent);
        Assert.All(drawn.ChildNodes, child => Assert.Equal(AngleSharp.Dom.NodeType.Text, child.NodeType));
    }

    [Fact]
    public void Markup_made_before_is_taken_as_it_is() =>
        Assert.Equal("<p><i>&lt;</i></p>", EncodedHtml.Of($"<p>{EncodedHtml.Of($"<i>{"<"}</i>")}</p>").Value);

    [Fact]
    public void Nothing_a_reader_wrote_becomes_markup_in_a_row()
    {
        string[] drawn =
        [
            Chip.Draw("ok", "check", Hostile).Value, Chip.Draw("ok", "check", "text", Hostile).Value, Chip.Draw("ok", "check", "text", testId: Hostile).Value,
            Chip.Draw("ok", "check", Hostile, Hostile, Hostile).Value, ScopeWord.Draw(Hostile, unused: false).Value, ScopeWord.Draw(Hostile, unused: true).Value,
        ];

        Assert.All(drawn, html => Assert.DoesNotContain("<img", html, StringComparison.Ordinal));
        Assert.All(drawn, html => Assert.DoesNotContain("<script", html, StringComparison.Ordinal));
    }
}
