using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Shared;

/// <summary>
/// Markup of constants and values, one node of whatever draws it: <c>EncodedHtml.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>. What stands in braces is
/// encoded, whatever it is, so that no data becomes markup; markup made here before is taken as it is. The one place that may make a
/// <see cref="MarkupString"/>.
/// </summary>
[InterpolatedStringHandler]
[SuppressMessage("ApiDesign", "RS0030", Justification = "Values are encoded here by construction.")]
public readonly struct EncodedHtml(int literalLength, int formattedCount)
{
    private const int ValueLength = 24;

    private readonly StringBuilder _text = new(literalLength + (formattedCount * ValueLength));

    /// <param name="html">An interpolated string, written where it is passed.</param>
    public static MarkupString Of(EncodedHtml html) => new(html._text.ToString());

    public void AppendLiteral(string constant) => _text.Append(constant);

    public void AppendFormatted(string? value) => _text.Append(HtmlEncoder.Default.Encode(value ?? ""));

    public void AppendFormatted(long value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");

    public void AppendFormatted(MarkupString markup) => _text.Append(markup.Value);

    public void AppendFormatted(IEnumerable<MarkupString> markup) => _text.AppendJoin("", markup);
}
