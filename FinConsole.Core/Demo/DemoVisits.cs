using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.SecondFactor;

namespace FinConsole.Core.Demo;

/// <summary>Sign-ins and sign-outs, through the door that everybody uses.</summary>
internal sealed class DemoVisits(DemoWorld world)
{
    private const int History = 90;
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    /// <summary>Plans a visit: sign in, work four minutes later, sign out perhaps.</summary>
    public void Plan(DemoMember member, DateTimeOffset at, Func<Actor, CancellationToken, Task>? work = null, bool signOut = true)
    {
        var origin = world.Origin(world.Dice.Usual(member.Places), world.Dice.Usual(member.Devices));
        var leaving = at + world.Dice.Minutes(12, 200);
        var working = at + world.Dice.Seconds(150, 300);
        world.Schedule.At(at, async cancellationToken =>
        {
            var actor = await SignInAsync(member, origin, cancellationToken);
            if (work is not null)
                world.Schedule.At(working, token => work(world.Again(actor), token));
            if (signOut)
                world.Schedule.At(leaving, token => world.Use<SignOut>().HandleAsync(world.Again(actor), token));
        });
    }

    /// <summary>Plans the ordinary days of the last three months. The last hour stays quiet, so that no session of the demo is still open.</summary>
    public void PlanHabits(DemoMember member)
    {
        // Three days before they left, to stay clear of the weekend that a planned step may have moved across.
        var last = member.LeftDaysAgo == 0 ? 0 : member.LeftDaysAgo + 3;
        for (var daysAgo = History; daysAgo >= last; daysAgo--)
        {
            var at = world.Schedule.WorkingDay(daysAgo, world.Dice.Between(member.FirstHour, member.LastHour)) + world.Dice.Minutes(0, 59);
            var (comes, mistypes, signsOut) = (world.Dice.Chance(member.Percent), world.Dice.Chance(4), world.Dice.Chance(35));
            var weekend = world.Schedule.Now.AddDays(-daysAgo).UtcDateTime.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            if (!comes || weekend || at > world.Schedule.Now - Quiet)
                continue;
            if (mistypes)
                PlanFailure(member.Email, at - TimeSpan.FromSeconds(20), member.Places[0], member.Devices[0]);
            Plan(member, at, signOut: signsOut);
        }
    }

    /// <summary>Plans a try with a wrong password.</summary>
    public void PlanFailure(string email, DateTimeOffset at, string ip, string userAgent)
    {
        var origin = world.Origin(ip, userAgent);
        world.Schedule.At(at, cancellationToken => FailAsync(email, new Secret("not " + world.Password.Reveal()), origin, cancellationToken));
    }

    /// <summary>Plans a try that is refused although the password is right: a locked or deactivated account.</summary>
    public void PlanRefusal(string email, DateTimeOffset at, string ip, string userAgent)
    {
        var origin = world.Origin(ip, userAgent);
        world.Schedule.At(at, cancellationToken => FailAsync(email, world.Password, origin, cancellationToken));
    }

    /// <summary>Signs in from somewhere, now.</summary>
    public async Task<Actor> SignInAsync(DemoMember member, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var progress = DemoWorld.Expect(await world.Use<SignInWithPassword>().HandleAsync(member.Email, world.Password, origin, cancellationToken));
        var session = progress.Session
            ?? DemoWorld.Expect(await world.Use<SignInWithSecondFactor>().HandleAsync(
                progress.Challenge!, member.Phone!.NextCode(world.Clock.GetUtcNow()), SecondFactors.AuthenticatorApp, origin, cancellationToken));
        return new Actor(ActorKind.Account, session.TenantId, session.MemberId, session.Email, session.SessionId, origin);
    }

    private async Task FailAsync(string email, Secret password, RequestOrigin origin, CancellationToken cancellationToken) =>
        DemoWorld.ExpectRefusal(await world.Use<SignInWithPassword>().HandleAsync(email, password, origin, cancellationToken), SignInErrors.InvalidCredentials.Code);
}
