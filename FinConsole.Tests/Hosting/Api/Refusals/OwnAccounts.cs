using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting.Api.Refusals;

/// <summary>A member with an authenticator app.</summary>
internal sealed record Enrolled(TestMember Member, TotpSecret Secret, IReadOnlyList<Secret> Recovery)
{
    public string Email => Member.Email;
}

/// <summary>Makes members, so that no account is locked by what another test of it tried.</summary>
internal sealed class OwnAccounts(ProvokingConsole console)
{
    private int _number;

    public Encryptor Encryptor { get; private set; } = null!;

    public async Task PrepareAsync() => Encryptor = await Encryptor.OfAsync(console, console.Tenant);

    public Task<TestMember> NewAsync(Role role, TestTenant? tenant = null)
    {
        tenant ??= console.Tenant;
        return TestTenants.NewMemberAsync(console.Services, tenant.Id, role, $"provoked{++_number}@{tenant.Id:N}.example");
    }

    /// <summary>The header of a new member's program.</summary>
    public async Task<(string, string)[]> SignInAsync(Role role = Role.Developer) => [await console.SignInAsync(await NewAsync(role))];

    public async Task<Enrolled> EnrolledAsync(Role role, TestTenant? tenant = null)
    {
        var member = await NewAsync(role, tenant);
        var begun = await console.Services.GetRequiredService<BeginMfaEnrolment>().HandleAsync(member.Actor, Stop);
        Assert.True(begun.Succeeded, begun.Error?.ToString());
        var codes = await console.Services.GetRequiredService<ConfirmMfaEnrolment>().HandleAsync(Code(begun.Value, 0), member.Actor, Stop);
        Assert.True(codes.Succeeded, codes.Error?.ToString());
        return new Enrolled(member, begun.Value, codes.Value);
    }

    /// <summary>Signs in with the code after the one that was spent on setting up, which clocks that differ may show already.</summary>
    public async Task<(string, string)[]> SignInAsync(Enrolled member)
    {
        var issued = await console.Services.GetRequiredService<SignInProgram>().HandleAsync(member.Email, TestMember.Secret, Code(member.Secret, 1), TestTenants.Origin, Stop);
        Assert.True(issued.Succeeded, issued.Error?.ToString());
        return [("Authorization", "Bearer " + issued.Value.AccessToken.Reveal())];
    }

    /// <summary>As if the member had signed in longer ago than a confirmation counts.</summary>
    public async Task AgeAsync(TestMember member)
    {
        await using var db = console.Services.GetRequiredService<ConsoleDb>().Open(member.TenantId);
        await db.Set<MemberSession>().Where(session => session.MemberId == member.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.ConfirmedAt, DateTimeOffset.UnixEpoch), Stop);
    }

    private Secret Code(TotpSecret secret, int steps) =>
        new(Totp.Code(secret.Bytes, Totp.StepOf(console.Services.GetRequiredService<TimeProvider>().GetUtcNow()) + steps));
}
