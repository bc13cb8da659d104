using System.Net;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Tests.SignIn.AccessTokens;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>What a program is told whose search would be one too many.</summary>
public sealed class BusySearchApiTests(BusySearchApiTests.OneSearchConsole web) : IClassFixture<BusySearchApiTests.OneSearchConsole>
{
    [Fact]
    public async Task A_search_over_the_limit_is_429_and_says_when_to_come_back()
    {
        var reviewer = await web.NewProgramAsync(Role.SecurityReviewer);
        var tenant = await web.FillAsync();
        using (await web.Services.GetRequiredService<ScanLimiter>().BeginSearchAsync(tenant, Stop))
        {
            var answer = await reviewer.Http.GetAsync("/api/v1/login-history?ip=10.0.0.0/8", Stop);

            await AccessWebConsole.RefusedAsync(answer, HttpStatusCode.TooManyRequests, "search_busy");
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        await AccessWebConsole.ReadAsync(await reviewer.Http.GetAsync("/api/v1/login-history?ip=10.0.0.0/8", Stop), HttpStatusCode.OK);
    }

    /// <summary>One search a tenant, and nobody waits.</summary>
    public sealed class OneSearchConsole : AccessWebConsole
    {
        public async Task<Guid> FillAsync()
        {
            await using var context = Services.GetRequiredService<ConsoleDb>().OpenForOperator();
            var tenant = await context.Set<Tenant>().Select(row => row.Id).SingleAsync(Stop);
            context.AddRange(Enumerable.Range(0, 1_000).Select(_ => new LoginAttempt
            {
                TenantId = tenant,
                Account = "somebody@acme.example",
                Way = SignInChannel.Console,
                Outcome = LoginOutcome.SignedOut,
                At = DateTimeOffset.UnixEpoch.AddYears(50),
                CorrelationId = "past",
                Level = FinConsole.Core.Policies.RiskLevel.None,
            }));
            await context.SaveChangesAsync(Stop);
            return tenant;
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Scans:PerTenant", "1");
            builder.UseSetting("Scans:LongestWait", "00:00:00");
        }
    }
}
