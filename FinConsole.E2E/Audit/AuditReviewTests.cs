using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Audit;

/// <summary>What a reviewer carries away: exports and checkpoints, and the verdict on the chain.</summary>
public sealed class AuditReviewTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task Exports_what_the_search_finds_as_CSV_with_no_cell_a_formula()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await Server.AddEntriesAsync(tenant, 30);
        var page = await OpenFreshAsync(tenant.Reviewer);
        await page.GoToAuditAsync("action:profile.update");

        var text = await File.ReadAllTextAsync(await DownloadAsync(page, "Export CSV", @"^audit-log-tenant-\d+-\d{8}T\d{6}Z\.csv$"), Stop);

        var lines = text.TrimEnd().Split("\r\n");
        Assert.Equal("tenantId,sequence,at,action,actorKind,actorId,actorName,resource,resourceId,resourceName,result,ip,userAgent,correlationId,metadata,link", lines[0]);
        Assert.Equal(31, lines.Length);
        Assert.All(lines[1..], line => Assert.Contains(",\"profile.update\",\"system\",", line, StringComparison.Ordinal));
        Assert.All(lines[1..], line => Assert.Contains(",\"'=Imported ", line, StringComparison.Ordinal));
        await Assertions.Expect(page.GetByTestId("export-state")).ToContainTextAsync("30 rows exported.");
        await page.GoToAuditAsync("action:audit.export");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Details of entry") }).ClickAsync();
        await Assertions.Expect(page.DialogNamed("audit.export")).ToContainTextAsync("action:profile.update");
    }

    [Fact]
    public async Task A_full_export_and_a_checkpoint_are_verified_offline_by_the_command_line()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await Server.AddEntriesAsync(tenant, 200);
        var page = await OpenFreshAsync(tenant.Reviewer);
        await page.GoToAuditAsync();
        var checkpoint = await DownloadAsync(page, "Download checkpoint", @"^audit-checkpoint-\d+\.json$");
        await Assertions.Expect(page.GetByTestId("verdict")).ToContainTextAsync("Keep it away from this installation.");
        var export = await DownloadAsync(page, "Export NDJSON", @"^audit-log-tenant-\d+-\d{8}T\d{6}Z\.ndjson$");
        var key = checkpoint + ".pem";
        await File.WriteAllTextAsync(key, await Server.RunCommandAsync("audit", "public-key"), Stop);

        var lines = (await File.ReadAllLinesAsync(export, Stop)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(line => line.GetProperty("sequence").GetInt32()));
        Assert.Equal("audit.export", lines[^1].GetProperty("action").GetString());
        using var signed = JsonDocument.Parse(await File.ReadAllTextAsync(checkpoint, Stop));
        var size = signed.RootElement.GetProperty("size").GetInt32();

        var verdict = await Server.RunCommandAsync("audit", "verify-export", "--export", export, "--checkpoint", checkpoint, "--public-key", key);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Intact: {lines.Count} entries of tenant {tenant.Id:D}. The first {size} "), verdict, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"The {lines.Count - size} after them"), verdict, StringComparison.Ordinal);

        // The same checkpoint is held against the log in the page.
        await page.Locator("input[type=file]").SetInputFilesAsync(checkpoint);
        await Assertions.Expect(page.GetByTestId("verdict")).ToContainTextAsync("it still holds what the checkpoint saw.");
        await page.Locator("input[type=file]").SetInputFilesAsync(key);
        await Assertions.Expect(page.GetByTestId("verdict")).ToContainTextAsync("is not a checkpoint.");
    }

    [Fact]
    public async Task A_cancelled_export_fails_in_the_browser_and_says_so()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        for (var batch = 0; batch < 10; batch++)
            await Server.AddEntriesAsync(tenant, 2000);
        var page = await OpenFreshAsync(tenant.Reviewer);
        await page.GoToAuditAsync();
        using var gate = new ExportGate(tenant.Id);
        Watch(page).Expect("/security/audit/export");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export NDJSON" }).ClickAsync());
        var state = page.GetByTestId("export-state");
        await Assertions.Expect(state).ToContainTextAsync(new Regex(@"[1-9][\d,]* rows, at \d+ \w+ \d{4}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the export" }).ClickAsync();

        await Assertions.Expect(state).ToContainTextAsync("Export canceled.");
        gate.Open();
        Assert.NotNull(await download.FailureAsync());
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Export NDJSON" })).ToBeEnabledAsync();
    }

    [Fact]
    public async Task The_chain_is_verified_with_a_clear_verdict_that_is_itself_an_entry()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await Server.AddEntriesAsync(tenant, 500);
        var page = await OpenFreshAsync(tenant.Reviewer);
        await page.GoToAuditAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Verify chain" }).ClickAsync();

        await Assertions.Expect(page.GetByTestId("verdict")).ToContainTextAsync(new Regex(@"The log is intact: \d+ entries"));
        await Assertions.Expect(page.Rows().First).ToContainTextAsync("audit.verify");
        await Accessibility.CheckAsync(page);
    }

    [Fact]
    public async Task An_address_of_an_export_alone_exports_nothing_and_others_get_nothing()
    {
        var reviewer = await OpenAsync(Demo.Reviewer);
        Watch(reviewer).Expect("answer 404");
        Assert.Equal(404, (await reviewer.GotoAsync(ConsoleUrls.AuditExport + "?format=csv"))!.Status);
        Assert.Equal(404, (await reviewer.GotoAsync(ConsoleUrls.AuditExport + "?format=csv&run=0190a000-0000-7000-8000-000000000001"))!.Status);
        foreach (var person in new[] { Demo.Developer, Demo.Cashier })
        {
            var other = await OpenAsync(person);
            Watch(other).Expect("answer 403");
            foreach (var url in new[] { ConsoleUrls.Audit, ConsoleUrls.AuditExport + "?format=csv" })
                Assert.Equal(403, (await other.GotoAsync(url))!.Status);
        }
    }

    private static async Task<string> DownloadAsync(IPage page, string button, string name)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync());
        Assert.Matches(name, download.SuggestedFilename);
        Assert.Null(await download.FailureAsync());
        return await download.PathAsync();
    }
}
