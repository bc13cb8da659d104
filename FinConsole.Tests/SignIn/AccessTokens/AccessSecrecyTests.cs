using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.Tenants;
using FinConsole.Tests.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

/// <summary>A canary: what a program holds, and what a payload held, are found nowhere but in the answers.</summary>
public sealed class AccessSecrecyTests
{
    private const string Plaintext = "canary-pin-660417";

    [Fact]
    public async Task No_token_signing_key_or_plaintext_is_in_the_database_file_or_the_logs()
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        using var log = new CapturedLog();
        await using var instance = core.NewInstance(services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        var tenant = await core.NewTenantWithKeyAsync();

        string[] canaries = [Plaintext, .. await LiveAsync(instance, core, tenant)];

        var files = core.DatabaseFiles();
        Assert.True(Canaries.Finds(files, tenant.Developer.Email), "The search does not even find the address, which is there.");
        Assert.NotEmpty(log.Lines);
        byte[][] places = [.. files, Encoding.UTF8.GetBytes(string.Join('\n', log.Lines))];
        Assert.All(canaries, canary => Assert.False(Canaries.Finds(places, canary), $"Somewhere stands {canary}"));
    }

    [Fact]
    public void Answers_print_without_their_secrets() =>
        Assert.DoesNotContain("canary", $"{new IssuedAccess(new Secret("canary"), new Secret("canary"))} {new DecryptedField(new Secret("canary"), null, null)}", StringComparison.Ordinal);

    // Everything that a program may go through, each step with a token of its own.
    private static async Task<IReadOnlyList<string>> LiveAsync(ServiceProvider instance, CoreHost core, TestTenant tenant)
    {
        var (signIn, refresh, verify) = (instance.GetRequiredService<SignInProgram>(), instance.GetRequiredService<RefreshAccess>(), instance.GetRequiredService<AccessTokenVerifier>());
        var first = (await signIn.HandleAsync(tenant.Developer.Email, TestMember.Secret, new Secret(""), AccessSteps.Program, Stop)).Value!;
        var second = (await refresh.HandleAsync(first.RefreshToken, AccessSteps.Program, Stop)).Value!;
        var third = (await refresh.HandleAsync(second.RefreshToken, AccessSteps.Program, Stop)).Value!;
        Assert.True((await verify.VerifyAsync(third.AccessToken.Reveal(), Stop)).Succeeded);
        Assert.False((await verify.VerifyAsync(third.AccessToken.Reveal() + "x", Stop)).Succeeded);
        Assert.False((await refresh.HandleAsync(first.RefreshToken, AccessSteps.Program, Stop)).Succeeded);
        var unknown = RefreshToken.NewSecret();
        Assert.False((await refresh.HandleAsync(unknown, AccessSteps.Program, Stop)).Succeeded);

        var service = new Actor(ActorKind.Service, Tenant.Operator, Guid.Empty, "payments", null, TestTenants.Origin) { Granted = new HashSet<Permission> { Permission.DecryptPayloads } };
        var fields = new Dictionary<string, string> { ["pin"] = KeySteps.Encrypt(await core.CurrentKeyAsync(tenant), Plaintext), ["plain"] = Plaintext };
        var opened = await instance.GetRequiredService<DecryptPayload>().HandleAsync(new DecryptPayloadRequest(tenant.Id, null, fields), service, Stop);
        Assert.Equal(Plaintext, opened.Value!["pin"].Text?.Reveal());

        using var key = await instance.GetRequiredService<SigningKeys>().OpenAsync(Stop);
        var privateNumber = Convert.ToHexString(key.Ecdsa.ExportParameters(includePrivateParameters: true).D!);
        return [.. new[] { first, second, third }.SelectMany(each => new[] { each.AccessToken.Reveal().Split('.')[2], each.RefreshToken.Reveal()[10..40] }), unknown.Reveal()[10..40], privateNumber];
    }
}
