using System.Text;
using System.Text.Json;
using FinConsole.Core.Access;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases.Idempotency;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Tests.Hosting.Api.Refusals;

/// <summary>Refusals of signing in, and of the routes about one's own password, second factor and the tenant's key.</summary>
internal sealed class OwnAccountRefusals(ProvokingConsole console, Provoker provoker, OwnAccounts accounts)
{
    // Five digits are no code, whatever the time is.
    private const string WrongCode = "12345";
    private const string WrongPassword = "not this one";
    private const string NewPassword = "quiet-meadow-lantern-93";

    private static readonly Error CodeNeeded = ProgramErrors.Of(SignInErrors.CodeNeeded).Error!;
    private static readonly Error CodeRefused = ProgramErrors.Of(SignInErrors.WrongCode).Error!;

    public async Task ProvokeAsync()
    {
        await SigningInAsync();
        await SecondFactorAsync();
        await PasswordAsync();
        await KeyAsync();
    }

    /// <summary>Requests that get as far as a password, which is wrong: one that is let through changes nothing.</summary>
    public async Task<IReadOnlyList<(string Route, Asked Asked)>> WithPasswordAsync() =>
    [
        ("login", new Asked()),
        ("beginMfa", new Asked { By = await accounts.SignInAsync(), Body = Plain(WrongPassword) }),
        ("enableMfa", new Asked { By = await accounts.SignInAsync(), Body = Plain(WrongPassword) }),
        ("turnOffMfa", new Asked { By = await accounts.SignInAsync(), Body = TurnOff(WrongPassword) }),
        ("rotateEncryptionKey", new Asked { By = await accounts.SignInAsync(), Body = Plain(Encrypt(WrongPassword)) }),
        ("changePassword", new Asked { By = await accounts.SignInAsync(), Body = Change(WrongPassword, NewPassword) }),
    ];

    private async Task SigningInAsync()
    {
        var enrolled = await accounts.EnrolledAsync(Role.Developer);
        await provoker.ExpectAsync("login", SignInErrors.InvalidCredentials, new Asked());
        await provoker.ExpectAsync("login", SignInErrors.CodeNeeded, new Asked { Body = new { email = enrolled.Email, password = TestMember.Password } });
        await provoker.ExpectAsync("refresh", AccessTokenErrors.InvalidRefreshToken, new Asked());
    }

    private async Task SecondFactorAsync()
    {
        await ConfirmedAsync("beginMfa", "totp", (password, code) => new { password, totp = code }, secret => secret);
        await ConfirmedAsync("enableMfa", "totp", (password, code) => new { password, totp = code }, secret => secret);
        await ConfirmedAsync("turnOffMfa", "code", TurnOff, secret => secret);

        var late = await accounts.NewAsync(Role.Developer);
        var by = await console.SignInAsync(late);
        await accounts.AgeAsync(late);
        await provoker.ExpectAsync("enableMfa", AccessErrors.ConfirmationNeeded, new Asked { By = [by], Body = new StringContent("", Encoding.UTF8, "application/json") });

        var member = await accounts.SignInAsync();
        await provoker.ExpectAsync("turnOffMfa", MfaErrors.NotOn, new Asked { By = member, Body = TurnOff(TestMember.Password) });
        await provoker.ExpectAsync("confirmMfa", MfaErrors.NothingBegun, new Asked { By = member, Body = new { code = WrongCode } });
        await provoker.SucceedAsync("beginMfa", new Asked { By = member, Body = Plain(TestMember.Password) });
        await provoker.ExpectAsync("confirmMfa", MfaErrors.WrongFirstCode, new Asked { By = member, Body = new { code = WrongCode }, At = "code" });
        foreach (var (refusal, secret) in accounts.Encryptor.Mistakes())
            await provoker.ExpectAsync("confirmMfa", refusal, new Asked { By = member, Body = new { code = secret }, At = "code" });

        var strict = await console.NewTenantAsync();
        var enrolled = await accounts.EnrolledAsync(Role.Developer, strict);
        await using (var db = console.Services.GetRequiredService<ConsoleDb>().Open(strict.Id))
            await db.Set<Tenant>().Where(tenant => tenant.Id == strict.Id).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.RequiresMfa, true), Stop);
        var off = TurnOff(TestMember.Password, enrolled.Recovery[0].Reveal());
        await provoker.ExpectAsync("turnOffMfa", MfaErrors.Required, new Asked { By = await accounts.SignInAsync(enrolled), Body = off });
    }

    private async Task PasswordAsync()
    {
        const string Route = "changePassword";
        var member = await accounts.SignInAsync();
        foreach (var (refusal, secret) in accounts.Encryptor.Mistakes())
        {
            var body = new { currentPassword = secret, newPassword = Encrypt(NewPassword) };
            await provoker.ExpectAsync(Route, refusal, new Asked { By = member, Body = body, At = "currentPassword" });
        }

        await provoker.ExpectAsync(Route, SignInErrors.WeakPassword("short"), new Asked { By = member, Body = Change(TestMember.Password, "short"), At = "newPassword" });
        await provoker.ExpectAsync(Route, SignInErrors.PasswordNeeded, new Asked { By = member, Body = Change("", NewPassword), At = "currentPassword" });
        await provoker.ExpectAsync(
            Route, SignInErrors.WrongCurrentPassword, new Asked { By = member, Body = Change(WrongPassword, NewPassword), At = "currentPassword" });
        await provoker.ExpectAsync(Route, SignInErrors.SamePassword, new Asked { By = member, Body = Change(TestMember.Password, TestMember.Password), At = "newPassword" });

        var enrolled = await accounts.EnrolledAsync(Role.Developer);
        var by = await accounts.SignInAsync(enrolled);
        await accounts.AgeAsync(enrolled.Member);
        await provoker.ExpectAsync(Route, AccessErrors.ConfirmationNeeded, new Asked { By = by, Body = Change(TestMember.Password, NewPassword) });
    }

    private async Task KeyAsync()
    {
        await ConfirmedAsync("rotateEncryptionKey", "totp", (password, code) => new { password, totp = code }, Encrypt);

        // A tenant of its own: what others encrypt is for a key that stays.
        var tenant = await console.NewTenantAsync();
        (string, string)[] by = [await console.SignInAsync(tenant.Admin)];
        (string, string)[] idempotency = [("Idempotency-Key", "key-1")];
        var body = JsonSerializer.Serialize(Plain((await Encryptor.OfAsync(console, tenant)).Of(TestMember.Password)));
        await provoker.SucceedAsync("rotateEncryptionKey", new Asked { By = by, Body = Json(body), Headers = idempotency });
        var next = Plain((await Encryptor.OfAsync(console, tenant)).Of(TestMember.Password));
        // Its fields are secrets, which are not compared: the key was used for something else.
        (string, string)[] another = [("Idempotency-Key", "key-2")];
        var token = new { name = "Of the same key", environment = "development", expiry = "24h", scopes = new[] { "read:*" }, cashier = new { email = tenant.Cashier.Email, password = TestMember.Password } };
        await provoker.SucceedAsync("createToken", new Asked { By = by, Body = token, Headers = another });
        await provoker.ExpectAsync("rotateEncryptionKey", IdempotencyErrors.Reused, new Asked { By = by, Body = next, Headers = another });
        await provoker.SucceedAsync("rotateEncryptionKey", new Asked { By = by, Body = next });
        await provoker.ExpectAsync("rotateEncryptionKey", EncryptionKeyErrors.RotatedMeanwhile, new Asked { By = by, Body = Json(body), Headers = idempotency });
    }

    // The routes that take the caller's password, and code where they have a second factor, with the request.
    private async Task ConfirmedAsync(string route, string codeField, Func<string, string, object> body, Func<string, string> write)
    {
        var member = await accounts.SignInAsync();
        await provoker.ExpectAsync(route, SignInErrors.PasswordNeeded, new Asked { By = member, Body = body(write(""), write(WrongCode)), At = "password" });
        await provoker.ExpectAsync(
            route, SignInErrors.WrongCurrentPassword, new Asked { By = member, Body = body(write(WrongPassword), write(WrongCode)), At = "password" });
        foreach (var (refusal, secret) in accounts.Encryptor.Mistakes())
            await provoker.ExpectAsync(route, refusal, new Asked { By = member, Body = body(secret, write(WrongCode)), At = "password" });

        var enrolled = await accounts.SignInAsync(await accounts.EnrolledAsync(Role.Developer));
        await provoker.ExpectAsync(route, CodeNeeded, new Asked { By = enrolled, Body = body(write(TestMember.Password), write("")), At = codeField });
        await provoker.ExpectAsync(route, CodeRefused, new Asked { By = enrolled, Body = body(write(TestMember.Password), write(WrongCode)), At = codeField });
    }

    private string Encrypt(string text) => accounts.Encryptor.Of(text);

    private object Change(string current, string password) => new { currentPassword = Encrypt(current), newPassword = Encrypt(password) };

    private static object Plain(string password) => new { password };

    private static object TurnOff(string password, string code = "000000") => new { password, code };

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
