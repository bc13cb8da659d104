using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Mfa;

/// <summary>A member's phone and the codes that they saved.</summary>
internal sealed record Authenticator(CoreHost Core, TotpSecret Secret, IReadOnlyList<Secret> Recovery)
{
    /// <summary>What the phone shows, so many steps from now.</summary>
    public Secret Code(int steps = 0) => new(Totp.Code(Secret.Bytes, Totp.StepOf(Core.Time.GetUtcNow()) + steps));

    /// <summary>What the phone shows next: the clock moves on to it, since every code works once.</summary>
    public Secret NextCode()
    {
        Core.Time.Advance(Totp.Period);
        return Code();
    }

    /// <summary>Six digits that the phone does not show, nor will in a while.</summary>
    public Secret WrongCode()
    {
        var near = Enumerable.Range(-3, 7).Select(step => Code(step).Reveal()).ToHashSet();
        return new Secret(Enumerable.Range(0, 10).Select(digit => new string((char)('0' + digit), Totp.Digits)).First(code => !near.Contains(code)));
    }
}

/// <summary>What tests of second factors do again and again.</summary>
internal static class MfaSteps
{
    /// <summary>Begins with a fresh session of the member's.</summary>
    public static async Task<TotpSecret> BeginAsync(this CoreHost core, Actor actor)
    {
        var begun = await core.Get<BeginMfaEnrolment>().HandleAsync(actor, Stop);
        Assert.True(begun.Succeeded, begun.Error?.ToString());
        return begun.Value;
    }

    /// <summary>Sets a second factor up. The first code counts as used.</summary>
    public static async Task<Authenticator> EnrolAsync(this CoreHost core, TestMember member, Actor? actor = null)
    {
        actor ??= await core.NewSessionAsync(member);
        var phone = new Authenticator(core, await core.BeginAsync(actor), []);
        var confirmed = await core.Get<ConfirmMfaEnrolment>().HandleAsync(phone.Code(), actor, Stop);
        Assert.True(confirmed.Succeeded, confirmed.Error?.ToString());
        return phone with { Recovery = confirmed.Value };
    }

    /// <summary>The first step of signing in, with the right password.</summary>
    public static async Task<Secret> ChallengeAsync(this CoreHost core, TestMember member)
    {
        var answer = await core.Get<SignInWithPassword>().HandleAsync(member.Email, TestMember.Secret, TestTenants.Origin, Stop);
        Assert.True(answer.Succeeded, answer.Error?.ToString());
        Assert.Null(answer.Value.Session);
        return answer.Value.Challenge!;
    }

    /// <summary>The second step.</summary>
    public static Task<Result<SignedIn>> RespondAsync(this CoreHost core, Secret challenge, Secret code, SecondFactors accepted = SecondFactors.AuthenticatorApp) =>
        core.Get<SignInWithSecondFactor>().HandleAsync(challenge, code, accepted, TestTenants.Origin, Stop);

    /// <summary>So many callers, as much at once as can be.</summary>
    public static Task<T[]> AtOnceAsync<T>(int count, Func<Task<T>> act) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(act)));
}
