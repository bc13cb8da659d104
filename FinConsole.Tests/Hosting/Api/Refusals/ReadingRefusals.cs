using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using FinConsole.Web.Hosting.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting.Api.Refusals;

/// <summary>Refusals of the routes that read, and of those for the operator's own servers.</summary>
internal sealed class ReadingRefusals(ProvokingConsole console, Provoker provoker)
{
    // More than a search reads before it asks for a permit.
    private const int Rows = 600;

    public async Task ProvokeAsync()
    {
        await provoker.ExpectAsync("showUsage", ApiProblem.UnknownValue, new Asked { Query = "?by=week", At = "by" });
        await provoker.ExpectAsync("showUsage", RefusalSets.Fields[0], new Asked { Query = "?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", At = "from" });
        await provoker.ExpectAsync("reportUsage", RefusalSets.Fields[0], new Asked { Body = new { items = Array.Empty<object>() }, At = "items" });
        await provoker.ExpectAsync("decryptPayload", RefusalSets.Fields[0], new Asked { Body = Payload(console.Tenant.Id, 0), At = "fields" });
        await provoker.ExpectAsync("decryptPayload", EncryptionKeyErrors.NoSuchTenant, new Asked { Body = Payload(Guid.NewGuid(), 1) });
        foreach (var route in new[] { "listLoginHistory", "listUserLoginHistory" })
        {
            await provoker.ExpectAsync(route, ApiProblem.UnknownValue, new Asked { Query = "?outcome=unheard-of", At = "outcome" });
            await provoker.ExpectAsync(route, RefusalSets.Fields[0], new Asked { Query = "?ip=nowhere", At = "ip" });
        }

        await provoker.ExpectAsync("readAuditLog", "invalid_search", new Asked { Query = "?q=result:maybe", At = "q" });
        await provoker.ExpectAsync("securityTxt", "no_security_txt", new Asked());
        await BusyAsync();
        await WithoutKeyAsync();
    }

    public static object Payload(Guid tenantId, int fields) => new { tenantId, fields = Enumerable.Range(0, fields).ToDictionary(number => $"pin{number}", _ => "x") };

    private async Task BusyAsync()
    {
        await FillAsync();
        using var permit = await console.Services.GetRequiredService<ScanLimiter>().BeginSearchAsync(console.Tenant.Id, Stop);
        Assert.NotNull(permit);
        foreach (var route in new[] { "listLoginHistory", "listUserLoginHistory" })
            await provoker.ExpectAsync(route, ScanErrors.Busy, new Asked { Query = "?ip=10.0.0.0/8" });
        await provoker.ExpectAsync("readAuditLog", ScanErrors.Busy, new Asked { Query = "?q=nowhere-to-be-found" });
    }

    private async Task FillAsync()
    {
        await using (var db = console.Services.GetRequiredService<ConsoleDb>().Open(console.Tenant.Id))
        {
            db.AddRange(Enumerable.Range(0, Rows).Select(_ => new LoginAttempt
            {
                TenantId = console.Tenant.Id,
                Account = "somebody@acme.example",
                Way = SignInChannel.Console,
                Outcome = LoginOutcome.SignedOut,
                At = DateTimeOffset.UnixEpoch.AddYears(50),
                CorrelationId = "past",
                Level = RiskLevel.None,
            }));
            await db.SaveChangesAsync(Stop);
        }

        await using var transaction = await console.Services.GetRequiredService<AuditedTransactions>().BeginUnguardedAsync(console.Tenant.Admin.Actor, Stop);
        for (var number = 0; number < Rows; number++)
            transaction.Audit(AuditAction.AccessRefused, new AuditSubject(AuditResource.Member, null, "Account"), new AuditDetails());
        await transaction.CommitAsync(Stop);
    }

    // Last: an installation whose key was taken out of the database makes no other one.
    private async Task WithoutKeyAsync()
    {
        await provoker.SucceedAsync("getAuditCheckpoint", new Asked());
        await using (var db = console.Services.GetRequiredService<ConsoleDb>().OpenForOperator())
            await db.Database.ExecuteSqlRawAsync("UPDATE \"CheckpointKeys\" SET \"PublicKey\" = x'30'", Stop);
        await provoker.ExpectAsync("getAuditCheckpoint", CheckpointErrors.KeyAltered, new Asked());
        await using (var db = console.Services.GetRequiredService<ConsoleDb>().OpenForOperator())
            await db.Database.ExecuteSqlRawAsync("DELETE FROM \"CheckpointKeys\"", Stop);
        await provoker.ExpectAsync("getAuditCheckpoint", CheckpointErrors.KeyMissing, new Asked());
    }
}
