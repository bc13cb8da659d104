using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Fixtures;

/// <summary>Holds pages to WCAG 2.2, levels A and AA, as far as a program can tell.</summary>
public static class Accessibility
{
    // Without the package for Playwright, which sums up frames of other origins in a blank page of its own, and takes three times as long.
    // No page here has frames.
    private const string Run =
        """
        async tags => {
          const options = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] };
          const { violations } = await axe.run(document, options);
          return violations.flatMap(each => each.nodes.map(node => `${each.id}: ${each.help}: ${node.html}`));
        }
        """;

    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    public static async Task CheckAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in globalThis"))
            await page.EvaluateAsync(Script);
        var violations = await page.EvaluateAsync<string[]>(Run, Tags);
        Assert.True(violations.Length == 0, $"{page.Url}:{Environment.NewLine}{string.Join(Environment.NewLine, violations)}");
    }
}
