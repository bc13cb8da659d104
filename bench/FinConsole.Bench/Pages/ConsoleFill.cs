using System.Security.Cryptography;
using FinConsole.Bench.Api;
using FinConsole.Bench.Generating;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Usage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Bench.Pages;

/// <summary>What the measured console has: an audit log, login history, tokens with a month of usage, 2,000 people, and an admin who can sign in.</summary>
internal static class ConsoleFill
{
    /// <summary>The admin's, in a database that lives as long as the run.</summary>
    public const string Password = "only-for-bench-harbour-teapot";

    private const long MostAttempts = 1_000_000;
    private const int KnownTokens = 200;
    private const int UsedTokens = 5;
    private const int UsedHours = 30 * 24;

    public static async Task<IReadOnlyList<ApiTokenSecret>> RunAsync(BenchHost host, PagesOptions options)
    {
        var now = host.Get<TimeProvider>().GetUtcNow();
        // Changing how a file keeps its journal takes having it alone.
        SqliteConnection.ClearAllPools();
        await using (var context = host.Get<ConsoleDb>().Open(host.TenantId))
        {
            var audit = new AuditMaker(host.Population, host.Get<AuditChain>(), options.Rows, now);
            await new BulkLoad<AuditEntry>(host, new BulkColumns<AuditEntry>(context)).RunAsync(audit.Make, options.Rows);
            var tag = host.Get<AuditChain>().TagOfHead(host.TenantId, options.Rows, audit.Link);
            await context.Set<AuditHead>().Where(head => head.TenantId == host.TenantId).ExecuteUpdateAsync(
                set => set.SetProperty(head => head.Size, options.Rows).SetProperty(head => head.Link, audit.Link).SetProperty(head => head.Tag, tag).SetProperty(head => head.Epoch, 0));
            var attempts = Math.Min(options.Rows, MostAttempts);
            await new BulkLoad<LoginAttempt>(host, new BulkColumns<LoginAttempt>(context)).RunAsync(new LoginMaker(host.Population, attempts, now).Make, attempts);
        }

        await host.Get<FoldAuditVolume>().RunAsync(CancellationToken.None);
        SqliteConnection.ClearAllPools();
        var secrets = await TokenFill.RunAsync(host, options.Tokens, KnownTokens);
        await UseAsync(host, now);
        SqliteConnection.ClearAllPools();
        return secrets;
    }

    private static async Task UseAsync(BenchHost host, DateTimeOffset now)
    {
        await using var context = host.Get<ConsoleDb>().Open(host.TenantId);
        var hash = host.Get<IPasswordHasher<ConsoleUser>>().HashPassword(null!, Password);
        await context.Set<ConsoleUser>().Where(member => member.Id == host.Admin.Id).ExecuteUpdateAsync(set => set.SetProperty(member => member.PasswordHash, hash));
        var tokens = await context.Set<ApiToken>().OrderBy(token => token.Id).Select(token => token.Id).Take(UsedTokens).ToListAsync();
        var hour = (int)(now.ToUnixTimeSeconds() / 3600);
        context.AddRange(tokens.SelectMany(token => Enumerable.Range(hour - UsedHours, UsedHours).SelectMany(at => new[] { UsageStatus.Success, UsageStatus.ClientError }.Select(status =>
            new UsageHour { TenantId = host.TenantId, Hour = at, TokenId = token, Endpoint = "GET /payments", Status = status, Country = "DE", Count = 40 + (at % 24) }))));
        // As every tenant has one; here nobody decrypts with it.
        using var pair = RSA.Create(EncryptionKey.SmallestSize);
        context.Add(new EncryptionKey { Id = Ids.New(host.Get<TimeProvider>()), TenantId = host.TenantId, Size = pair.KeySize, PublicKey = pair.ExportSubjectPublicKeyInfo(), CreatedAt = now });
        await context.SaveChangesAsync();
    }
}
