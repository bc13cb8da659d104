using FinConsole.Core.AuditLog;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;

namespace FinConsole.E2E.Audit;

/// <summary>The audit page's parts, as its tests speak of them.</summary>
internal static class AuditUi
{
    public static ILocator Search(this IPage page) => page.GetByLabel("Search the audit log", new() { Exact = true });

    public static ILocator Rows(this IPage page) => page.GetByTestId("audit-row");

    public static ILocator Suggestions(this IPage page) => page.GetByRole(AriaRole.Listbox, new() { Name = "Suggestions" }).GetByRole(AriaRole.Option);

    public static ILocator Bars(this IPage page) => page.GetByTestId("audit-histogram").GetByRole(AriaRole.Button);

    /// <summary>Goes to the page with a search in its address, and waits for rows and bars.</summary>
    public static async Task GoToAuditAsync(this IPage page, string query = "")
    {
        await page.GotoAsync(query.Length == 0 ? ConsoleUrls.Audit : $"{ConsoleUrls.Audit}?q={Uri.EscapeDataString(query)}");
        await page.WaitForFunctionAsync(Chromium.PageIsLive);
        await Assertions.Expect(page.Bars().First).ToBeVisibleAsync();
    }

    /// <summary>Appends many entries to a tenant's log, by the program itself.</summary>
    public static async Task AddEntriesAsync(this ConsoleServer server, OwnTenant tenant, int count)
    {
        await using var transaction = await server.Get<AuditedTransactions>().BeginUnguardedAsync(Actor.System(tenant.Id, "import"), Stop);
        for (var number = 0; number < count; number++)
            transaction.Audit(AuditAction.ProfileUpdate, new AuditSubject(AuditResource.Member, tenant.Admin.Id, "=Imported " + number), new AuditDetails().With(AuditField.Comment, new string('x', 200)));
        await transaction.CommitAsync(Stop);
    }
}
