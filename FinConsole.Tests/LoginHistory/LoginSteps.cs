using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

/// <summary>What tests of login history do again and again.</summary>
internal static class LoginSteps
{
    public const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    public static RequestOrigin From(string? ip, string? userAgent = null) => TestTenants.Origin with { Ip = ip, UserAgent = userAgent ?? TestTenants.Origin.UserAgent };

    /// <summary>Signs in, and has it evaluated.</summary>
    public static async Task<LoginRow> SignInAsync(this CoreHost core, TestMember member, RequestOrigin? origin = null)
    {
        var answer = await core.Get<SignInWithPassword>().HandleAsync(member.Email, TestMember.Secret, origin ?? TestTenants.Origin, Stop);
        Assert.True(answer.Succeeded, answer.Error?.ToString());
        return await core.EvaluatedAsync(member.TenantId);
    }

    /// <summary>So many ordinary mornings, one a day at this hour (UTC).</summary>
    public static async Task SettleAsync(this CoreHost core, TestMember member, int mornings, int hour = 9)
    {
        for (var morning = 0; morning < mornings; morning++)
        {
            core.GoTo(hour);
            await core.SignInAsync(member);
        }
    }

    /// <summary>To this hour of the next day.</summary>
    public static void GoTo(this CoreHost core, int hour)
    {
        var now = core.Time.GetUtcNow();
        core.Time.Advance(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1).AddHours(hour) - now);
    }

    /// <summary>Fails with a wrong password, and has it evaluated.</summary>
    public static async Task<LoginRow> FailAsync(this CoreHost core, Guid tenantId, string account, RequestOrigin? origin = null)
    {
        Assert.False((await core.Get<SignInWithPassword>().HandleAsync(account, new Secret("not the password"), origin ?? TestTenants.Origin, Stop)).Succeeded);
        return await core.EvaluatedAsync(tenantId);
    }

    public static async Task EvaluateAllAsync(this CoreHost core)
    {
        while (await core.Get<RiskAnalyst>().EvaluatePendingAsync(Stop) > 0)
        {
        }
    }

    /// <summary>The newest line of the tenant's history, evaluated.</summary>
    public static async Task<LoginRow> EvaluatedAsync(this CoreHost core, Guid tenantId)
    {
        await core.EvaluateAllAsync();
        return (await core.HistoryAsync(tenantId))[0];
    }

    /// <summary>The tenant's history, newest first.</summary>
    public static async Task<IReadOnlyList<LoginRow>> HistoryAsync(this CoreHost core, Guid tenantId, LoginFilter? filter = null)
    {
        var page = await core.Get<ListLoginAttempts>().HandleAsync((filter ?? new LoginFilter()) with { Limit = ListLoginAttempts.LargestPage }, Actor.System(tenantId, "test"), Stop);
        Assert.True(page.Succeeded, page.Error?.ToString());
        return page.Value.Rows;
    }
}
