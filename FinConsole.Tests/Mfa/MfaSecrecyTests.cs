using System.Text;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Mfa;

/// <summary>A canary: authenticators' secrets, recovery codes and what waits in a challenge are found nowhere afterwards.</summary>
public sealed class MfaSecrecyTests
{
    [Fact]
    public async Task No_secret_of_a_second_factor_is_in_the_database_file_the_log_or_the_audit_log()
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        using var log = new CapturedLog();
        await using var instance = core.NewInstance(services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        var member = (await core.NewTenantAsync()).Developer;
        var secret = (await instance.GetRequiredService<BeginMfaEnrolment>().HandleAsync(member.Actor, Stop)).Value!;
        var phone = new Authenticator(core, secret, []);
        var wrong = phone.WrongCode();
        await instance.GetRequiredService<ConfirmMfaEnrolment>().HandleAsync(wrong, member.Actor, Stop);
        var codes = (await instance.GetRequiredService<ConfirmMfaEnrolment>().HandleAsync(phone.Code(), member.Actor, Stop)).Value!;
        var challenge = (await instance.GetRequiredService<SignInWithPassword>().HandleAsync(member.Email, TestMember.Secret, TestTenants.Origin, Stop)).Value!.Challenge!;
        var answer = await instance.GetRequiredService<SignInWithSecondFactor>().HandleAsync(challenge, codes[0], SecondFactors.RecoveryCode, TestTenants.Origin, Stop);
        Assert.True(answer.Succeeded);

        string[] secrets = [secret.RevealBase32(), string.Join(' ', secret.RevealGroups()), challenge.Reveal(), .. codes.Select(code => code.Reveal()), .. codes.Select(code => code.Reveal().Replace("-", "", StringComparison.Ordinal))];
        var files = core.DatabaseFiles();
        Assert.True(Canaries.Finds(files, member.Email), "The search does not even find the address, which is there.");
        Assert.NotEmpty(log.Lines);
        byte[][] places = [.. files, Encoding.UTF8.GetBytes(string.Join('\n', log.Lines))];
        Assert.False(Canaries.Finds(places, secret.Bytes));
        Assert.All(secrets, each => Assert.False(Canaries.Finds(places, each), $"Somewhere stands {each}"));
        var audit = string.Join('\n', (await core.AuditAsync(member.TenantId)).Select(entry => entry.Metadata + entry.ResourceName));
        Assert.DoesNotContain(secrets, each => audit.Contains(each, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_database_without_the_certificate_of_its_key_ring_holds_no_usable_secret()
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        var member = (await core.NewTenantAsync()).Developer;
        var phone = await core.EnrolAsync(member);
        var challenge = await core.ChallengeAsync(member);
        await using var thief = core.NewThief();

        var tried = await thief.GetRequiredService<SignInWithSecondFactor>().HandleAsync(challenge, phone.NextCode(), SecondFactors.AuthenticatorApp, TestTenants.Origin, Stop);

        Assert.Equal(SignInErrors.WrongCode, tried.Error);
    }

    [Fact]
    public async Task A_secret_copied_to_another_member_s_row_does_not_open_refuses_the_sign_in_and_tells_the_operator()
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        var tenant = await core.NewTenantAsync();
        var phone = await core.EnrolAsync(tenant.Admin);
        await core.EnrolAsync(tenant.Developer);
        var challenge = await core.ChallengeAsync(tenant.Developer);
        using var logs = new CollectedLogs();
        await using var instance = core.NewInstance(services => services.AddLogging(logging => logging.AddProvider(logs)));
        await using var db = core.Db.Open(tenant.Id);
        var admins = await db.Set<TotpCredential>().AsNoTracking().SingleAsync(row => row.MemberId == tenant.Admin.Id, Stop);
        await db.Set<TotpCredential>().Where(row => row.MemberId == tenant.Developer.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Secret, admins.Secret), Stop);
        var copied = await db.Set<TotpCredential>().AsNoTracking().SingleAsync(row => row.MemberId == tenant.Developer.Id, Stop);

        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => core.Get<TotpCodes>().Unprotect(copied));
        Assert.Equal(Totp.SecretBytes, core.Get<TotpCodes>().Unprotect(admins).Bytes.Length);
        var tried = await instance.GetRequiredService<SignInWithSecondFactor>().HandleAsync(challenge, phone.NextCode(), SecondFactors.AuthenticatorApp, TestTenants.Origin, Stop);
        Assert.Equal(SignInErrors.WrongCode, tried.Error);
        Assert.Contains(logs.Entries, entry => entry.Level == LogLevel.Error && entry.Message.Contains(copied.Id.ToString("D"), StringComparison.Ordinal));
    }
}
