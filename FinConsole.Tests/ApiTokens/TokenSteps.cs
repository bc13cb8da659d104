using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>What tests of tokens do again and again. A step signs its member in anew: the clock may have been moved since.</summary>
internal static class TokenSteps
{
    public static CashierCredentials CashierOf(TestTenant tenant) => new(tenant.Cashier.Email, TestMember.Secret);

    /// <summary>A request that is fine as it stands.</summary>
    public static CreateApiTokenRequest RequestFor(TestTenant tenant, string name = "Checkout") =>
        new(name, TokenEnvironment.Production, TokenExpiry.Months6, ["read:payments", "write:payments"], "203.0.113.0/24", "Platform team", CashierOf(tenant));

    /// <summary>Makes a token by the tenant's developer that still waits to be saved.</summary>
    public static async Task<NewApiToken> MakePendingAsync(this CoreHost core, TestTenant tenant, CreateApiTokenRequest? request = null)
    {
        var made = await core.Get<CreateApiToken>().HandleAsync(request ?? RequestFor(tenant), await core.NewSessionAsync(tenant.Developer), Stop);
        Assert.True(made.Succeeded, made.Error?.ToString());
        return made.Value;
    }

    /// <summary>Makes a live token by the tenant's developer.</summary>
    public static async Task<NewApiToken> MakeTokenAsync(this CoreHost core, TestTenant tenant, CreateApiTokenRequest? request = null)
    {
        var made = await core.MakePendingAsync(tenant, request);
        await core.SaveAsync(tenant, made.Token.Id);
        return made;
    }

    public static Task<NewApiToken> MakeTokenAsync(this CoreHost core, TestTenant tenant, string name) => core.MakeTokenAsync(tenant, RequestFor(tenant, name));

    /// <summary>"I have saved it".</summary>
    public static async Task SaveAsync(this CoreHost core, TestTenant tenant, Guid id)
    {
        var saved = await core.Get<AcknowledgeApiToken>().HandleAsync(id, await core.NewSessionAsync(tenant.Developer), Stop);
        Assert.True(saved.Succeeded, saved.Error?.ToString());
    }

    public static async Task<Result<NewApiToken>> TryRotateAsync(
        this CoreHost core, TestTenant tenant, Guid id, TokenOverlap overlap = TokenOverlap.Hours24, Guid? replacePending = null)
    {
        var request = new RotateApiTokenRequest(id, overlap, CashierOf(tenant), replacePending);
        return await core.Get<RotateApiToken>().HandleAsync(request, await core.NewSessionAsync(tenant.Developer), Stop);
    }

    /// <summary>Rotates; the successor still waits to be saved.</summary>
    public static async Task<NewApiToken> RotatePendingAsync(
        this CoreHost core, TestTenant tenant, Guid id, TokenOverlap overlap = TokenOverlap.Hours24, Guid? replacePending = null)
    {
        var rotated = await core.TryRotateAsync(tenant, id, overlap, replacePending);
        Assert.True(rotated.Succeeded, rotated.Error?.ToString());
        return rotated.Value;
    }

    /// <summary>Rotates and saves the successor.</summary>
    public static async Task<NewApiToken> RotateAsync(this CoreHost core, TestTenant tenant, Guid id, TokenOverlap overlap = TokenOverlap.Hours24)
    {
        var rotated = await core.RotatePendingAsync(tenant, id, overlap);
        await core.SaveAsync(tenant, rotated.Token.Id);
        return rotated;
    }

    public static async Task<Result> TryInvalidateAsync(
        this CoreHost core, TestTenant tenant, Guid id, InvalidationReason reason = InvalidationReason.Compromised, string? comment = null) =>
        await core.Get<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(id, reason, comment), await core.NewSessionAsync(tenant.Developer), Stop);

    public static async Task<Result> TryDisableAsync(this CoreHost core, TestTenant tenant, Guid id, bool disabled = true) =>
        await core.Get<SetTokenDisabled>().HandleAsync(id, disabled, await core.NewSessionAsync(tenant.Developer), Stop);

    public static async Task<Result> TryEditAsync(this CoreHost core, TestTenant tenant, EditApiTokenRequest request) =>
        await core.Get<EditApiToken>().HandleAsync(request, await core.NewSessionAsync(tenant.Developer), Stop);

    public static async Task<Result> TryRetireAsync(this CoreHost core, TestTenant tenant, Guid id) =>
        await core.Get<RetireApiToken>().HandleAsync(id, await core.NewSessionAsync(tenant.Developer), Stop);

    /// <summary>The row as the database has it.</summary>
    public static async Task<ApiToken> ReadTokenAsync(this CoreHost core, TestTenant tenant, Guid id)
    {
        await using var db = core.Db.Open(tenant.Id);
        return await db.Set<ApiToken>().AsNoTracking().SingleAsync(token => token.Id == id, Stop);
    }

    public static async Task<TokenStatus> StatusAsync(this CoreHost core, TestTenant tenant, Guid id) =>
        TokenStatusRule.Of(await core.ReadTokenAsync(tenant, id), core.Time.GetUtcNow());

    /// <summary>What a browser sends instead of the token.</summary>
    public static string Sha256(ApiTokenSecret secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret.Reveal())));
}
