using System.Text;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>A canary: what was secret in a token's life is found nowhere afterwards.</summary>
public sealed class TokenSecrecyTests
{
    [Fact]
    public async Task No_secret_of_a_token_s_life_is_in_the_database_file_or_the_logs()
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        using var log = new CapturedLog();
        await using var instance = core.NewInstance(services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        var tenant = await core.NewTenantAsync();
        const string Wrong = "canary-wrong-password-5513";

        var secrets = await LiveAsync(instance, tenant, Wrong);

        byte[][] files = core.DatabaseFiles();
        Assert.True(Canaries.Finds(files, secrets[0].Prefix), "The search does not even find the prefix, which is there.");
        Assert.NotEmpty(log.Lines);
        var logged = Encoding.UTF8.GetBytes(string.Join('\n', log.Lines));
        string[] canaries = [Wrong, TestMember.Password, .. secrets.SelectMany(Traces)];
        foreach (var canary in canaries)
        {
            Assert.False(Canaries.Finds(files, canary), $"The database holds {canary}");
            Assert.False(Canaries.Finds([logged], canary), $"The logs hold {canary}");
        }

        var audit = string.Join('\n', (await core.AuditAsync(tenant.Id)).Select(entry => entry.Metadata + entry.ResourceName + entry.ActorName));
        Assert.DoesNotContain(canaries, canary => audit.Contains(canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_and_its_answer_print_without_their_secrets()
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        var tenant = await core.NewTenantAsync();
        var request = TokenSteps.RequestFor(tenant);
        var made = await core.MakePendingAsync(tenant, request);
        var printed = $"{request} {made} {new RotateApiTokenRequest(made.Token.Id, TokenOverlap.None, request.Cashier)}";
        Assert.DoesNotContain(TestMember.Password, printed, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Secret.Reveal()[ApiTokenSecret.PrefixLength..^ApiTokenSecret.SuffixLength], printed, StringComparison.Ordinal);
    }

    // Create, mistype, save, rotate, lose, start again, save, identify, invalidate.
    private static async Task<List<ApiTokenSecret>> LiveAsync(ServiceProvider instance, TestTenant tenant, string wrong)
    {
        var actor = tenant.Developer.Actor;
        var mistyped = TokenSteps.RequestFor(tenant) with { Cashier = new CashierCredentials(tenant.Cashier.Email, new Secret(wrong)) };
        Assert.False((await instance.GetRequiredService<CreateApiToken>().HandleAsync(mistyped, actor, Stop)).Succeeded);
        var made = (await instance.GetRequiredService<CreateApiToken>().HandleAsync(TokenSteps.RequestFor(tenant), actor, Stop)).Value!;
        await instance.GetRequiredService<AcknowledgeApiToken>().HandleAsync(made.Token.Id, actor, Stop);
        var rotate = new RotateApiTokenRequest(made.Token.Id, TokenOverlap.Hours24, TokenSteps.CashierOf(tenant));
        var lost = (await instance.GetRequiredService<RotateApiToken>().HandleAsync(rotate, actor, Stop)).Value!;
        var again = (await instance.GetRequiredService<RotateApiToken>().HandleAsync(rotate with { ReplacePending = lost.Token.Id }, actor, Stop)).Value!;
        await instance.GetRequiredService<AcknowledgeApiToken>().HandleAsync(again.Token.Id, actor, Stop);
        Assert.True((await instance.GetRequiredService<IdentifyApiToken>().HandleAsync(TokenSteps.Sha256(again.Secret), actor, Stop)).Succeeded);
        await instance.GetRequiredService<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(made.Token.Id, InvalidationReason.Compromised, "Leaked"), actor, Stop);
        return [made.Secret, lost.Secret, again.Secret];
    }

    // Half of it is too much already, and so is its plain hash, which a browser may send.
    private static IEnumerable<string> Traces(ApiTokenSecret secret)
    {
        var text = secret.Reveal();
        return [text, text[ApiTokenSecret.PrefixLength..30], text[30..^ApiTokenSecret.SuffixLength], TokenSteps.Sha256(secret), TokenSteps.Sha256(secret).ToUpperInvariant()];
    }
}
