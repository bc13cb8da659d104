using System.Net;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Usage;
using FinConsole.Core.Usage.Failures;
using FinConsole.Core.Usage.Recording;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Tests.Usage;

/// <summary>What tests of usage do again and again.</summary>
internal static class UsageActs
{
    public const string Whoami = "GET /api/v1/whoami";

    /// <summary>Counts requests of a token.</summary>
    public static void Use(
        this UsageRecorder recorder, ApiToken token, DateTimeOffset at, int status = 200, string endpoint = Whoami, string? ip = "203.0.113.7", string? scope = null, int times = 1, bool accepted = true)
    {
        for (var time = 0; time < times; time++)
            recorder.Count(new UsageEvent(token.TenantId, token.Id, endpoint, status, ip is null ? null : IPAddress.Parse(ip), scope, at) { Accepted = accepted });
    }

    /// <summary>Counts requests of a token now, and writes them down.</summary>
    public static async Task UseAsync(this CoreHost core, ApiToken token, int status = 200, string endpoint = Whoami, string? ip = "203.0.113.7", string? scope = null, int times = 1)
    {
        core.Get<UsageRecorder>().Use(token, core.Time.GetUtcNow(), status, endpoint, ip, scope, times);
        await core.Get<UsageFlush>().RunAsync(Stop);
    }

    /// <summary>A live token's row, without a creation's second of hashing.</summary>
    public static async Task<ApiToken> AddTokenAsync(this CoreHost core, TestTenant tenant, string name = "Checkout", Action<ApiToken>? change = null, Guid? predecessor = null, TokenOverlap overlap = default)
    {
        var now = core.Time.GetUtcNow();
        var id = Core.Common.Ids.New(core.Time);
        var token = new ApiToken
        {
            Id = id,
            TenantId = tenant.Id,
            Name = name,
            NameKey = name.ToUpperInvariant(),
            Environment = TokenEnvironment.Production,
            Scopes = "read:payments write:payments",
            Allowlist = "",
            CashierId = tenant.Cashier.Id,
            Expiry = TokenExpiry.Year1,
            CreatedAt = now,
            CreatedById = tenant.Developer.Id,
            CreatedBy = tenant.Developer.Email,
            ExpiresAt = now.AddYears(1),
            LookupKey = [.. id.ToByteArray(), .. id.ToByteArray()],
            Prefix = "fc_prd_abcd",
            LastFour = "wxyz",
            AcknowledgedAt = now,
            PendingUntil = now,
            PredecessorId = predecessor,
            Overlap = overlap,
        };
        change?.Invoke(token);
        await using var db = core.Db.Open(tenant.Id);
        db.Add(token);
        await db.SaveChangesAsync(Stop);
        return token;
    }

    public static async Task<ApiToken> ReadAsync(this CoreHost core, ApiToken token)
    {
        await using var db = core.Db.Open(token.TenantId);
        return await db.Set<ApiToken>().AsNoTracking().SingleAsync(row => row.Id == token.Id, Stop);
    }

    public static async Task<List<UsageHour>> HoursAsync(this CoreHost core, Guid tenantId)
    {
        await using var db = core.Db.Open(tenantId);
        return await db.Set<UsageHour>().AsNoTracking().OrderBy(hour => hour.Hour).ThenBy(hour => hour.Endpoint).ThenBy(hour => hour.Status).ThenBy(hour => hour.Country).ToListAsync(Stop);
    }

    public static async Task<List<TokenFailure>> FailuresAsync(this CoreHost core, Guid tenantId)
    {
        await using var db = core.Db.Open(tenantId);
        return await db.Set<TokenFailure>().AsNoTracking().OrderBy(failure => failure.Hour).ThenBy(failure => failure.Ip).ToListAsync(Stop);
    }
}
