using System.Text;
using System.Text.Json;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases.Idempotency;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Hosting.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting.Api.Refusals;

/// <summary>Refusals of the routes about tokens, which depend on what the token is and on what stands in the body.</summary>
internal sealed class TokenRefusals(ProvokingConsole console, Provoker provoker, OwnAccounts accounts)
{
    private int _number;

    private TestTenant Tenant => console.Tenant;

    public async Task ProvokeAsync()
    {
        await CreatingAsync();
        await RotatingAsync();
        await EditingAsync();
        await EndingAsync();
        await RegeneratingAsync();
    }

    /// <summary>Requests that get as far as the cashier's password, which is wrong: one that is let through changes nothing.</summary>
    public async Task<IReadOnlyList<(string Route, Asked Asked)>> WithPasswordAsync()
    {
        var wrong = new { email = Tenant.Cashier.Email, password = "not this one" };
        return [("createToken", new Asked { Body = New(cashier: wrong) }), ("rotateToken", new Asked { Id = await LiveAsync(), Body = Rotation(cashier: wrong) })];
    }

    private async Task CreatingAsync()
    {
        await provoker.ExpectAsync("createToken", ApiProblem.UnknownValue, new Asked { Body = New(environment: "moon"), At = "environment" });
        await provoker.ExpectAsync("createToken", TokensApi.BadExpiry, new Asked { Body = New(expiry: "7d"), At = "expiry" });
        await provoker.ExpectAsync("createToken", RefusalSets.Fields[0], new Asked { Body = New(name: ""), At = "name" });
        await console.MakeTokenAsync("Taken");
        await provoker.ExpectAsync("createToken", ApiTokenErrors.NameTaken, new Asked { Body = New(name: "Taken"), At = "name" });
        await CashierAsync("createToken", cashier => new Asked { Body = New(cashier: cashier) });

        (string, string)[] idempotency = [("Idempotency-Key", "create-1")];
        var body = JsonSerializer.Serialize(New());
        await provoker.SucceedAsync("createToken", new Asked { Body = Json(body), Headers = idempotency });
        await provoker.ExpectAsync("createToken", RefusalSets.SecretOnce[0], new Asked { Body = Json(body), Headers = idempotency });
        await provoker.ExpectAsync("createToken", IdempotencyErrors.Reused, new Asked { Body = New(), Headers = idempotency });
    }

    private async Task RotatingAsync()
    {
        var live = await LiveAsync();
        await provoker.ExpectAsync("rotateToken", ApiProblem.UnknownValue, new Asked { Id = live, Body = Rotation(overlap: "2d"), At = "overlap" });
        await provoker.ExpectAsync("rotateToken", RefusalSets.Fields[0], new Asked { Id = live, Body = Rotation(cashier: new { email = "", password = "x" }), At = "cashier.email" });
        await ManagedAsync("rotateToken", Rotation());
        var disabled = await LiveAsync();
        await provoker.SucceedAsync("disableToken", new Asked { Id = disabled });
        await provoker.ExpectAsync("rotateToken", ApiTokenErrors.Disabled, new Asked { Id = disabled, Body = Rotation() });
        await CashierAsync("rotateToken", cashier => new Asked { Id = live, Body = Rotation(cashier: cashier) });

        (string, string)[] idempotency = [("Idempotency-Key", "rotate-1")];
        var body = JsonSerializer.Serialize(Rotation());
        await provoker.SucceedAsync("rotateToken", new Asked { Id = live, Body = Json(body), Headers = idempotency });
        await provoker.ExpectAsync("rotateToken", RefusalSets.SecretOnce[0], new Asked { Id = live, Body = Json(body), Headers = idempotency });
        await provoker.ExpectAsync("rotateToken", IdempotencyErrors.Reused, new Asked { Id = live, Body = Rotation(overlap: "1h"), Headers = idempotency });
        await provoker.ExpectAsync("rotateToken", ApiTokenErrors.RotatedMeanwhile, new Asked { Id = live, Body = Rotation() });
        await provoker.ExpectAsync("rotateToken", ApiTokenErrors.OverlapRunning, new Asked { Id = await SuccessorOfAsync(live), Body = Rotation() });
        await provoker.ExpectAsync("editToken", ApiTokenErrors.RotatedMeanwhile, new Asked { Id = live, Body = new { holder = "Nobody" } });
    }

    private async Task EditingAsync()
    {
        await provoker.ExpectAsync("getToken", ApiTokenErrors.NotFound, new Asked());
        await provoker.ExpectAsync("listTokens", ApiProblem.UnknownValue, new Asked { Query = "?status=unheard-of", At = "status" });
        await ManagedAsync("editToken", new { holder = "Nobody" });
        var live = await LiveAsync();
        await provoker.ExpectAsync("editToken", RefusalSets.Fields[0], new Asked { Id = live, Body = new { name = "" }, At = "name" });
        await provoker.ExpectAsync("editToken", ApiTokenErrors.NameTaken, new Asked { Id = live, Body = new { name = "Taken" }, At = "name" });
        await provoker.ExpectAsync("editToken", ApiTokenErrors.ScopesWiden, new Asked { Id = live, Body = new { scopes = new[] { "write:*" } }, At = "scopes" });
    }

    private async Task EndingAsync()
    {
        await ManagedAsync("disableToken", null);
        await ManagedAsync("enableToken", null);
        await provoker.ExpectAsync("retireToken", ApiTokenErrors.NotFound, new Asked());
        await provoker.ExpectAsync("retireToken", ApiTokenErrors.NoOverlap, new Asked { Id = await LiveAsync() });

        await provoker.ExpectAsync("invalidateToken", ApiProblem.UnknownValue, new Asked { Body = new { reason = "boredom" }, At = "reason" });
        await provoker.ExpectAsync("invalidateToken", RefusalSets.Fields[0], new Asked { Body = new { reason = "other", comment = new string('x', 501) }, At = "comment" });
        await provoker.ExpectAsync("invalidateToken", ApiTokenErrors.NotFound, new Asked { Body = new { reason = "other" } });
        var retired = await LiveAsync();
        await provoker.SucceedAsync("rotateToken", new Asked { Id = retired, Body = Rotation(overlap: "0") });
        await provoker.ExpectAsync("invalidateToken", ApiTokenErrors.Ended, new Asked { Id = retired, Body = new { reason = "other" } });
    }

    private async Task RegeneratingAsync()
    {
        var (first, by) = await OwnAsync();
        (string, string)[] idempotency = [("Idempotency-Key", "own-1")];
        await provoker.SucceedAsync("regenerateApiKey", new Asked { By = by, Headers = idempotency });
        await provoker.ExpectAsync("regenerateApiKey", RefusalSets.SecretOnce[0], new Asked { By = by, Headers = idempotency });
        await provoker.ExpectAsync("regenerateApiKey", IdempotencyErrors.Reused, new Asked { By = by, Headers = idempotency, Body = new StringContent("Another body") });
        await provoker.ExpectAsync("regenerateApiKey", ApiTokenErrors.RotatedMeanwhile, new Asked { By = by });

        var (old, _) = await OwnAsync();
        var request = new RotateApiTokenRequest(old, TokenOverlap.Hours24, TokenSteps.CashierOf(Tenant), Handover: TokenHandover.Immediate);
        var successor = await console.Services.GetRequiredService<RotateApiToken>().HandleAsync(request, Tenant.Developer.Actor, Stop);
        Assert.True(successor.Succeeded, successor.Error?.ToString());
        await provoker.ExpectAsync("regenerateApiKey", ApiTokenErrors.OverlapRunning, new Asked { By = [("X-Auth-Token", successor.Value.Secret.Reveal())] });

        // Ended and disabled where this instance does not hear of it: it lets the token in out of memory, and Core finds what it is.
        var ((ended, endedBy), (disabled, disabledBy)) = (await OwnAsync(), await OwnAsync());
        await provoker.SucceedAsync("whoAmI", new Asked { By = endedBy });
        await provoker.SucceedAsync("whoAmI", new Asked { By = disabledBy });
        await using (var db = console.Services.GetRequiredService<ConsoleDb>().Open(Tenant.Id))
        {
            await db.Set<ApiToken>().Where(token => token.Id == ended)
                .ExecuteUpdateAsync(set => set.SetProperty(token => token.EndedAt, token => token.CreatedAt).SetProperty(token => token.EndReason, TokenEnd.Retired), Stop);
            await db.Set<ApiToken>().Where(token => token.Id == disabled).ExecuteUpdateAsync(set => set.SetProperty(token => token.DisabledAt, token => token.CreatedAt), Stop);
        }

        await provoker.ExpectAsync("regenerateApiKey", ApiTokenErrors.Ended, new Asked { By = endedBy });
        await provoker.ExpectAsync("regenerateApiKey", ApiTokenErrors.Disabled, new Asked { By = disabledBy });
    }

    // A token that is not there, one that has ended, and one that nobody has saved.
    private async Task ManagedAsync(string route, object? body)
    {
        await provoker.ExpectAsync(route, ApiTokenErrors.NotFound, new Asked { Body = body });
        var ended = await LiveAsync();
        await provoker.SucceedAsync("invalidateToken", new Asked { Id = ended, Body = new { reason = "other" } });
        await provoker.ExpectAsync(route, ApiTokenErrors.Ended, new Asked { Id = ended, Body = body });
        var pending = await console.Services.GetRequiredService<CreateApiToken>().HandleAsync(TokenSteps.RequestFor(Tenant, $"Pending {++_number}"), Tenant.Developer.Actor, Stop);
        Assert.True(pending.Succeeded, pending.Error?.ToString());
        await provoker.ExpectAsync(route, ApiTokenErrors.StillPending, new Asked { Id = $"{pending.Value.Token.Id}", Body = body });
    }

    private async Task CashierAsync(string route, Func<object, Asked> ask)
    {
        await provoker.ExpectAsync(route, ApiTokenErrors.CashierRefused, ask(new { email = Tenant.Cashier.Email, password = "not this one" }) with { At = "cashier" });
        var phoned = await accounts.EnrolledAsync(Role.Cashier);
        await provoker.ExpectAsync(route, ApiTokenErrors.CashierCodeNeeded, ask(new { email = phoned.Email, password = TestMember.Password }) with { At = "cashier.totp" });
        await provoker.ExpectAsync(
            route, ApiTokenErrors.CashierCodeRefused, ask(new { email = phoned.Email, password = TestMember.Password, totp = "12345" }) with { At = "cashier.totp" });
        foreach (var (refusal, secret) in accounts.Encryptor.Mistakes())
            await provoker.ExpectAsync(route, refusal, ask(new { email = Tenant.Cashier.Email, password = secret }) with { At = "cashier.password" });
    }

    private object New(string? name = null, string environment = "staging", string expiry = "24h", object? cashier = null) =>
        new { name = name ?? $"Fresh {++_number}", environment, expiry, scopes = new[] { "read:*" }, cashier = cashier ?? Cashier };

    private object Rotation(string overlap = "24h", object? cashier = null) => new { overlap, cashier = cashier ?? Cashier };

    private object Cashier => new { email = Tenant.Cashier.Email, password = TestMember.Password };

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task<string> LiveAsync() => $"{(await console.MakeTokenAsync($"Live {++_number}")).Token.Id}";

    private async Task<(Guid Id, (string, string)[] By)> OwnAsync()
    {
        var made = await console.MakeTokenAsync($"Own {++_number}", "rotate:self");
        return (made.Token.Id, [("X-Auth-Token", made.Secret.Reveal())]);
    }

    private async Task<string> SuccessorOfAsync(string id)
    {
        await using var db = console.Services.GetRequiredService<ConsoleDb>().Open(Tenant.Id);
        return $"{await db.Set<ApiToken>().Where(token => token.Id == Guid.Parse(id)).Select(token => token.SuccessorId).SingleAsync(Stop)}";
    }
}
