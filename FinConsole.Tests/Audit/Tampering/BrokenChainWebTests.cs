using System.Net;
using System.Net.Http.Json;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.SignIn.AccessTokens;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>What people and programs are told when the end of their tenant's log was removed from the database.</summary>
public sealed class BrokenChainWebTests : IAsyncLifetime
{
    private readonly Console _web = new();

    public ValueTask InitializeAsync() => _web.InitializeAsync();

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Fact]
    public async Task Every_change_is_refused_with_503_and_plain_words_nothing_is_written_and_the_operator_is_told()
    {
        var (developer, reviewer, admin) = (
            await _web.NewProgramAsync(Role.Developer), await _web.NewProgramAsync(Role.SecurityReviewer), await _web.NewProgramAsync(Role.TenantAdmin));
        var cashier = await _web.NewMemberAsync(Role.Cashier);
        var token = new { name = "Late", environment = "development", expiry = "24h", scopes = new[] { "read:accounts" }, cashier = new { email = cashier.Email, password = WebConsole.Password } };
        await _web.RemoveEndAsync();
        var before = await _web.CountAsync();

        HttpResponseMessage[] answers =
        [
            await developer.Http.PostAsJsonAsync("/api/v1/tokens", token, Stop),
            // A refusal is an entry too.
            await reviewer.Http.PostAsJsonAsync("/api/v1/tokens", token, Stop),
            await reviewer.Http.GetAsync("/api/v1/audit/checkpoint", Stop),
            await reviewer.Http.GetAsync("/api/v1/audit?after=0", Stop),
            await admin.Http.PostAsync("/api/v1/auth/logout", null, Stop),
            await _web.Program().PostAsJsonAsync("/api/v1/auth/login", new { email = admin.Email, password = WebConsole.Password }, Stop),
        ];

        foreach (var answer in answers)
        {
            var problem = await AccessWebConsole.ReadAsync(answer, HttpStatusCode.ServiceUnavailable);
            Assert.Equal("audit_chain_broken", problem["code"]!.GetValue<string>());
            Assert.Equal(
                "The audit log is missing or was altered in the database. What cannot be recorded does not happen: nothing was changed. Tell the operator.",
                problem["title"]!.GetValue<string>());
        }

        Assert.Equal(before, await _web.CountAsync());
        var tenant = await _web.TenantIdAsync();
        Assert.Contains(_web.Logs.Entries, entry => entry.Level == LogLevel.Critical && entry.Message.Contains($"{tenant:D}", StringComparison.Ordinal)
            && entry.Message.Contains("audit verify", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_signs_in_reads_why_it_does_not_work()
    {
        await _web.RemoveEndAsync();

        using var answer = await WebConsole.SignInAsync(_web.Browser());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("The audit log is missing or was altered in the database.", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private sealed class Console : AccessWebConsole
    {
        public CollectedLogs Logs { get; } = new();

        public async Task RemoveEndAsync()
        {
            var tenant = await TenantIdAsync();
            await using var db = Services.GetRequiredService<ConsoleDb>().Open(tenant);
            await db.Set<AuditHead>().ExecuteDeleteAsync(Stop);
        }

        public async Task<(int Entries, int Sessions)> CountAsync()
        {
            await using var db = Services.GetRequiredService<ConsoleDb>().Open(await TenantIdAsync());
            return (await db.Set<AuditEntry>().CountAsync(Stop), await db.Set<MemberSession>().CountAsync(session => session.EndedAt == null, Stop));
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<ILoggerProvider>(Logs));
        }
    }
}
