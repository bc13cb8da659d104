using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Api;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting.Api.Refusals;

/// <summary>
/// Every refusal that a route declares is provoked by a real request, so that neither the description nor the reference names one that no
/// route sends. <see cref="RefusalWatch"/> holds the opposite: that no route sends one which it does not declare.
/// </summary>
public sealed class ProvokedRefusalTests(ProvokingConsole console) : IClassFixture<ProvokingConsole>
{
    private const string Crowded = "198.51.100.8";

    [Fact]
    public async Task Every_refusal_that_a_route_declares_can_be_met_and_names_its_place()
    {
        var provoker = new Provoker(console);
        var accounts = new OwnAccounts(console);
        await provoker.PrepareAsync();
        await accounts.PrepareAsync();
        var (tokens, own) = (new TokenRefusals(console, provoker, accounts), new OwnAccountRefusals(console, provoker, accounts));

        await new CommonRefusals(console, provoker).ProvokeAsync();
        await tokens.ProvokeAsync();
        await own.ProvokeAsync();
        await new PlaintextRefusals(console, provoker, accounts).ProvokeAsync();
        IReadOnlyList<(string Route, Asked Asked)> tries = [.. await tokens.WithPasswordAsync(), .. await own.WithPasswordAsync()];
        await LimitTriesAsync(provoker, [.. tries, ("refresh", new Asked()), ("revoke", new Asked { Body = CommonRefusals.Form($"token={RefreshToken.NewSecret().Reveal()}") })]);
        await LimitFieldsAsync(provoker);
        await KeepBusyAsync(provoker, tries);
        await new ReadingRefusals(console, provoker).ProvokeAsync();

        AssertNone(provoker.Faults);
        AssertNone(provoker.Unmet);
        Assert.True(provoker.Sent > 400, $"Only {provoker.Sent} requests were sent.");
    }

    [Fact]
    public void One_code_has_one_status_at_all_routes()
    {
        var codes = console.Routes.SelectMany(route => route.Declared.Select(declared => (route.Name, declared.Code, declared.Status)))
            // Nobody is signed in yet: without the code there is no session, as there is none without the password.
            .Where(each => (each.Name, each.Code) != ("login", SignInErrors.CodeNeeded.Code))
            .GroupBy(each => each.Code);

        Assert.All(codes, code => Assert.True(code.Select(each => each.Status).Distinct().Count() == 1, string.Join('\n', code)));
    }

    private static void AssertNone(IEnumerable<string> found)
    {
        var all = string.Join('\n', found);
        Assert.True(all.Length == 0, all);
    }

    private async Task LimitTriesAsync(Provoker provoker, IReadOnlyList<(string Route, Asked Asked)> tries)
    {
        var limiter = console.Services.GetRequiredService<SignInLimiter>();
        foreach (var (route, asked) in tries)
        {
            await provoker.ExpectLimitedAsync(route, ApiProblems.Of(RefusalSets.TooManyTries), UseUp, asked with { From = Crowded });
        }

        void UseUp()
        {
            while (limiter.TryTake(Crowded) is null)
            {
            }
        }
    }

    // Fields that are decrypted are counted for the tenant, whoever sends them.
    private async Task LimitFieldsAsync(Provoker provoker)
    {
        var tenant = await console.NewTenantAsync();
        var ciphertext = (await Encryptor.OfAsync(console, tenant)).Of("123456");
        var (limiter, admin) = (console.Services.GetRequiredService<PayloadLimiter>(), await console.SignInAsync(tenant.Admin));
        var limited = ApiProblems.Of(RefusalSets.TooManyTries);
        await provoker.ExpectLimitedAsync("confirmMfa", limited, UseUp, new Asked { By = [admin], Body = new { code = ciphertext } });
        await provoker.ExpectLimitedAsync("decryptPayload", limited, UseUp, new Asked { Body = ReadingRefusals.Payload(tenant.Id, 1) });

        void UseUp() => limiter.TryTake(tenant.Id, 1_000_000);
    }

    // Both places in which passwords are hashed are taken for as long as a request waits for one.
    private async Task KeepBusyAsync(Provoker provoker, IReadOnlyList<(string Route, Asked Asked)> tries)
    {
        var hashing = console.Services.GetRequiredService<PasswordHashing>();
        using var one = await hashing.EnterAsync(Stop);
        using var other = await hashing.EnterAsync(Stop);
        await Task.WhenAll(tries.Select(each => provoker.ExpectAsync(each.Route, SignInErrors.Busy, each.Asked)));
    }
}
