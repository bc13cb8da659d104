using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FinConsole.Tests.Architecture;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Theme;
using Xunit;

namespace FinConsole.Tests.Theme;

/// <summary>The theme as the browser gets it, and its contrast.</summary>
public sealed partial class ThemeTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    public static TheoryData<string> Schemes() => ["light", "dark"];

    [Fact]
    public async Task A_stranger_gets_it_compressed_and_keeps_it_for_a_year()
    {
        using var page = await GetAsync("/account/login");
        Assert.Contains($"\"{ThemeEndpoint.Url}\"", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        using var plain = await GetAsync(ThemeEndpoint.Url);
        using var compressed = await GetAsync(ThemeEndpoint.Url, ("Accept-Encoding", "gzip, br;q=0.5"));
        using var unwanted = await GetAsync(ThemeEndpoint.Url, ("Accept-Encoding", "br;q=0"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], [plain.StatusCode, compressed.StatusCode, unwanted.StatusCode]);
        Assert.Equal(("text/css", "public, max-age=31536000"), (plain.Content.Headers.ContentType?.MediaType, plain.Headers.CacheControl?.ToString()));
        Assert.All([plain, compressed, unwanted], answer => Assert.Equal(["Accept-Encoding"], answer.Headers.Vary));
        Assert.Equal((0, 1, 0), (plain.Content.Headers.ContentEncoding.Count, compressed.Content.Headers.ContentEncoding.Count, unwanted.Content.Headers.ContentEncoding.Count));
        await using var brotli = new BrotliStream(await compressed.Content.ReadAsStreamAsync(Stop), CompressionMode.Decompress);
        using var reader = new StreamReader(brotli, Encoding.UTF8);
        Assert.Equal(await plain.Content.ReadAsStringAsync(Stop), await reader.ReadToEndAsync(Stop));
    }

    [Fact]
    public void Both_schemes_define_the_same_variables_and_the_readers_choice_goes_before_the_systems()
    {
        var text = Encoding.UTF8.GetString(ThemeStylesheet.Content);
        var blocks = Block().Matches(text).ToDictionary(match => match.Groups[1].Value.Trim(), match => match.Groups[2].Value);

        var (light, chosen, system) = (blocks[":root"], blocks[":root[data-theme=\"dark\"]"], blocks[":root:not([data-theme=\"light\"]):not([data-theme=\"dark\"])"]);
        Assert.Equal(chosen, system);
        Assert.Equal(NamesIn(light).Except(["--fc-font", "--fc-mono"]), NamesIn(chosen));
        Assert.Contains("--mud-native-html-color-scheme: dark", chosen, StringComparison.Ordinal);
        Assert.Contains($"--mud-palette-primary: {Rgba(ConsoleTheme.Dark.AccentFill)}", chosen, StringComparison.Ordinal);
        Assert.Contains("@media screen and (prefers-color-scheme: dark)", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Texts_have_a_contrast_of_4_5_and_controls_of_3(string scheme)
    {
        var colors = scheme == "light" ? ConsoleTheme.Light : ConsoleTheme.Dark;
        string[] grounds = [colors.Page, colors.Surface, colors.MutedSurface, colors.Raised, colors.Hover];
        var texts = from ground in grounds
                    from ink in new[] { colors.Ink, colors.SecondInk, colors.ThirdInk, colors.AccentInk }
                    select (ink, ground);
        (string, string)[] others =
        [
            (colors.OnFill, colors.AccentFill), (colors.OnFill, colors.AccentFillHover), (colors.OnFill, colors.DangerFill), (colors.OnFill, colors.DangerFillHover),
            (colors.AccentSoftInk, colors.AccentSoft),
            .. new[] { colors.Good, colors.Warning, colors.Bad, colors.Info, colors.Muted }.Select(state => (state.Text, state.Ground)),
        ];

        Assert.All(texts.Concat(others), pair => Assert.True(Contrast(pair.Item1, pair.Item2) >= 4.5, $"{pair.Item1} on {pair.Item2}"));
        Assert.All([colors.Page, colors.Surface, colors.Raised], ground => Assert.True(Contrast(colors.ControlLine, ground) >= 3, ground));
        Assert.All(grounds, ground => Assert.True(Contrast(colors.AccentStrong, ground) >= 3, ground));
    }

    [Fact]
    public void No_style_sheet_decides_a_color_of_its_own()
    {
        // Paper is white, and a QR code is dark on white in both schemes.
        string[] exempt = ["base.css", "EnrolDialog.razor.css"];

        var own = SourceTree.Files("FinConsole.Web", ".css").Where(file => !exempt.Contains(Path.GetFileName(file.Path)))
            .Where(file => Color().IsMatch(file.Text)).Select(file => file.Path);

        Assert.Empty(own);
    }

    private Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => console.Api.SendAsync(ApiConsole.Get(path, headers), Stop);

    private static IEnumerable<string> NamesIn(string block) => Name().Matches(block).Select(match => match.Value);

    // WCAG 2.2, "relative luminance" and "contrast ratio".
    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string color)
    {
        var channels = Channels(color).Select(channel => channel / 255.0).Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }

    private static string Rgba(string color) => $"rgba({string.Join(',', Channels(color))},1)";

    private static int[] Channels(string color) => [.. new[] { 1, 3, 5 }.Select(start => int.Parse(color.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"(:root[^{]*)\{([^}]*)\}")]
    private static partial Regex Block();

    [GeneratedRegex(@"--[a-z0-9-]+(?=:)")]
    private static partial Regex Name();

    [GeneratedRegex(@"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")]
    private static partial Regex Color();
}
