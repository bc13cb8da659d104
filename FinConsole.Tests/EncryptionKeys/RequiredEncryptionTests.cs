using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Programs;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>A tenant's policy that programs encrypt the passwords and codes that they send. Its routes are walked by <see cref="EncryptedSecretsApiTests"/>.</summary>
public sealed class RequiredEncryptionTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private const int MoreThanLock = 6;

    [Fact]
    public async Task It_cannot_be_turned_on_where_there_is_no_key_and_other_changes_go_on()
    {
        var tenant = await core.NewTenantAsync();
        var demanded = PolicySettings.Default with { RequireEncryptedSecrets = true };

        var refused = (await UpdateAsync(tenant, demanded, 0)).Error;

        Assert.Equal((ErrorKind.Invalid, "RequireEncryptedSecrets"), (refused?.Kind, Assert.Single(refused!.Fields).Key));
        Assert.Empty(await core.AuditAsync(tenant.Id));
        Assert.True((await UpdateAsync(tenant, PolicySettings.Default with { DecryptOnlyHours = 4 }, 0)).Succeeded);
        await core.AddKeyAsync(tenant);
        Assert.True((await UpdateAsync(tenant, demanded, 1)).Succeeded);
    }

    [Fact]
    public async Task A_program_with_the_right_password_in_plaintext_is_told_so_and_never_locked_out()
    {
        var (tenant, key) = await NewTenantAsync();
        for (var number = 0; number < MoreThanLock; number++)
        {
            var refused = (await SignInAsync(tenant.Developer.Email, TestMember.Password)).Error;
            Assert.Equal(("encryption_required", "Password"), (refused?.Code, Assert.Single(refused!.Fields).Key));
        }

        Assert.Equal((MoreThanLock, 0), (await AttemptsAsync(tenant.Developer, LoginOutcome.Unencrypted), (await core.ReadAsync(tenant.Developer)).AccessFailedCount));
        Assert.True((await SignInAsync(tenant.Developer.Email, KeySteps.Encrypt(key, TestMember.Password))).Succeeded);
    }

    [Fact]
    public async Task Whoever_does_not_know_the_password_learns_nothing_of_the_policy_and_goes_on_guessing_in_vain()
    {
        var (tenant, _) = await NewTenantAsync();

        Assert.Equal(SignInErrors.InvalidCredentials, (await SignInAsync("nobody@acme.example", TestMember.Password)).Error);
        for (var number = 0; number < MoreThanLock; number++)
            Assert.Equal(SignInErrors.InvalidCredentials, (await SignInAsync(tenant.Developer.Email, "not the password")).Error);

        Assert.Equal((5, 1), (await AttemptsAsync(tenant.Developer, LoginOutcome.WrongPassword), await AttemptsAsync(tenant.Developer, LoginOutcome.Locked)));
        // The lock holds for the right password too.
        Assert.Equal(SignInErrors.InvalidCredentials, (await SignInAsync(tenant.Developer.Email, TestMember.Password)).Error);
    }

    [Fact]
    public async Task Failures_before_a_right_password_in_plaintext_stay_counted()
    {
        var (tenant, _) = await NewTenantAsync();
        await SignInAsync(tenant.Developer.Email, "not the password");

        await SignInAsync(tenant.Developer.Email, TestMember.Password);

        Assert.Equal(1, (await core.ReadAsync(tenant.Developer)).AccessFailedCount);
    }

    [Fact]
    public async Task A_code_in_plaintext_beside_an_encrypted_password_is_refused_by_its_field_and_not_spent()
    {
        var (tenant, key) = await NewTenantAsync();
        var app = await core.EnrolAsync(tenant.Developer, tenant.Developer.Actor);
        var (password, code) = (KeySteps.Encrypt(key, TestMember.Password), app.NextCode().Reveal());
        for (var number = 0; number < MoreThanLock; number++)
        {
            var refused = (await SignInAsync(tenant.Developer.Email, password, code)).Error;
            Assert.Equal(("encryption_required", "Totp"), (refused?.Code, Assert.Single(refused!.Fields).Key));
        }

        Assert.Equal(SignInErrors.CodeNeeded, (await SignInAsync(tenant.Developer.Email, password)).Error);
        Assert.True((await SignInAsync(tenant.Developer.Email, password, KeySteps.Encrypt(key, code))).Succeeded);
    }

    [Fact]
    public async Task What_people_type_into_the_console_is_taken_as_it_is()
    {
        var (tenant, _) = await NewTenantAsync();

        Assert.NotNull((await core.Get<SignInWithPassword>().HandleAsync(tenant.Admin.Email, TestMember.Secret, TestTenants.Origin, Stop)).Value?.Session);
        var typed = TokenSteps.RequestFor(tenant) with { Cashier = TokenSteps.CashierOf(tenant) with { TypedInConsole = true } };
        Assert.True((await core.Get<CreateApiToken>().HandleAsync(typed, tenant.Developer.Actor, Stop)).Succeeded);

        var sent = (await core.Get<CreateApiToken>().HandleAsync(TokenSteps.RequestFor(tenant, "Other"), tenant.Developer.Actor, Stop)).Error;
        Assert.Equal(("encryption_required", "CashierPassword"), (sent?.Code, Assert.Single(sent!.Fields).Key));
    }

    private async Task<(TestTenant Tenant, EncryptionKey Key)> NewTenantAsync()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, encrypted: true);
        return (tenant, await core.CurrentKeyAsync(tenant));
    }

    private Task<Result<Core.SignIn.AccessTokens.IssuedAccess>> SignInAsync(string email, string password, string code = "") =>
        core.Get<SignInSecrets>().HandleAsync(email, new Secret(password), new Secret(code), TestTenants.Origin, Stop);

    private Task<Result> UpdateAsync(TestTenant tenant, PolicySettings settings, int version) =>
        core.Get<UpdatePolicy>().HandleAsync(settings, version, tenant.Admin.Actor, Stop);

    private async Task<int> AttemptsAsync(TestMember member, LoginOutcome outcome)
    {
        await using var db = core.Db.Open(member.TenantId);
        return await db.Set<LoginAttempt>().CountAsync(attempt => attempt.MemberId == member.Id && attempt.Outcome == outcome, Stop);
    }
}
