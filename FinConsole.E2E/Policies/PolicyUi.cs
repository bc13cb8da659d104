using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace FinConsole.E2E.Policies;

/// <summary>How tests use the policy page, and what they put into a tenant's past for it to find.</summary>
internal static class PolicyUi
{
    public static async Task GoToPolicyAsync(this IPage page)
    {
        await page.GotoAsync(ConsoleUrls.Policy);
        await page.WaitForFunctionAsync(Chromium.PageIsLive);
        await Assertions.Expect(page.Figure("Idle timeout")).ToBeVisibleAsync();
    }

    public static ILocator Figure(this IPage page, string label) => page.GetByLabel(label, new() { Exact = true });

    public static async Task SavePolicyAsync(this IPage page)
    {
        await page.Button("Save changes").ClickAsync();
        await Assertions.Expect(page.GetByText("Policy saved")).ToBeVisibleAsync();
    }

    /// <summary>An evaluated sign-in of so many days ago.</summary>
    public static async Task AddAttemptAsync(this ConsoleServer server, OwnTenant tenant, string account, int daysAgo, RiskReasons flagged = RiskReasons.None)
    {
        var score = RiskPolicy.Default.ScoreOf(flagged);
        await using var context = server.Get<ConsoleDb>().Open(tenant.Id);
        context.Add(new LoginAttempt
        {
            TenantId = tenant.Id,
            Account = account,
            Way = SignInChannel.Console,
            Outcome = LoginOutcome.Success,
            At = DateTimeOffset.UtcNow.AddDays(-daysAgo),
            CorrelationId = "past",
            Flagged = flagged,
            Score = score,
            Level = RiskPolicy.Default.LevelOf(score),
        });
        await context.SaveChangesAsync(Stop);
    }

    /// <summary>As if the member had done nothing for so long.</summary>
    public static async Task RestAsync(this ConsoleServer server, OwnTenant tenant, Person person, TimeSpan idle)
    {
        var seen = DateTimeOffset.UtcNow - idle;
        await using var context = server.Get<ConsoleDb>().Open(tenant.Id);
        await context.Set<MemberSession>().Where(session => session.MemberId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, seen), Stop);
    }
}
