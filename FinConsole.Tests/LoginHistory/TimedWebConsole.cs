using System.Net;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Tests.LoginHistory;

/// <summary>The whole program on a clock that a test moves, behind a proxy that says from where each browser comes.</summary>
public sealed class TimedWebConsole : WebConsole
{
    public ShiftedClock Time { get; } = new();

    /// <summary>A member of Acme with the password of everybody, behind the pages' back.</summary>
    public async Task<(Guid Tenant, Guid Id, string Email)> NewMemberAsync()
    {
        var hash = Services.GetRequiredService<IPasswordHasher<ConsoleUser>>().HashPassword(null!, Password);
        await using var context = Services.GetRequiredService<ConsoleDb>().OpenForOperator();
        var tenant = await context.Set<Tenant>().Select(row => row.Id).SingleAsync();
        var member = Services.GetRequiredService<NewMember>().Make(tenant, "Somebody", $"{Guid.NewGuid():N}@acme.example", Role.Developer, hash);
        context.Add(member);
        await context.SaveChangesAsync();
        return (tenant, member.Id, member.Email!);
    }

    /// <summary>A browser that sits there.</summary>
    public HttpClient BrowserAt(string ip, string? userAgent = null)
    {
        var browser = Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", ip);
        browser.DefaultRequestHeaders.Add("User-Agent", userAgent ?? TestTenants.Origin.UserAgent);
        return browser;
    }

    /// <summary>The newest line on this account, evaluated.</summary>
    public async Task<LoginRow> NewestAsync(Guid tenant, string account)
    {
        while (await Services.GetRequiredService<RiskAnalyst>().EvaluatePendingAsync(CancellationToken.None) > 0)
        {
        }

        var page = await Services.GetRequiredService<ListLoginAttempts>().HandleAsync(new LoginFilter(account), Actor.System(tenant, "test"), CancellationToken.None);
        return page.Value!.Rows[0];
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Proxies:Trusted:0", IPAddress.Loopback.ToString());
        builder.UseSetting("RateLimits:SignInPerIpPerMinute", "0");
        builder.UseSetting("LoginHistory:Places:203.0.113.0/24", "DE");
        builder.UseSetting("LoginHistory:Places:192.0.2.0/26", "BR");
        builder.UseSetting("LoginHistory:Places:198.51.100.0/24", "JP");
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Time));
    }
}

/// <summary>The system's clock, some days ahead. Timers run by the real one: the program's own would fire hundreds of thousands of times a day that is skipped.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Advance(TimeSpan by) => _ahead += by;
}
