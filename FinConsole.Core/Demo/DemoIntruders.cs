using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.SecondFactor;
using static FinConsole.Core.Demo.DemoDevices;

namespace FinConsole.Core.Demo;

/// <summary>What a security reviewer should find in the login history.</summary>
/// <param name="world">Where it happens.</param>
/// <param name="visits">Sign-ins.</param>
/// <param name="retired">A token that ended long ago.</param>
internal sealed class DemoIntruders(DemoWorld world, DemoVisits visits, DemoToken retired)
{
    public void Plan()
    {
        PlanSpray();
        PlanTakeover();
        PlanLockout();
        PlanFormerColleague();
        PlanStrangers();
        PlanJourney();
        PlanCodeGuesses();
        PlanForgottenServer();
    }

    // One password over many accounts, from one address, in the middle of the night.
    private void PlanSpray()
    {
        var cast = world.Cast;
        string[] accounts =
        [
            cast.Admin.Email, cast.Developer.Email, cast.Reviewer.Email, cast.Cashier.Email, "info@acme.example", cast.Nadia.Email, "finance@acme.example",
            cast.Priya.Email, cast.Sofia.Email, "root@acme.example", cast.Jonas.Email, cast.Lucia.Email, cast.Kwame.Email, "support@acme.example",
        ];
        var at = world.Schedule.WorkingDay(12, 2, 41);
        foreach (var account in accounts)
            visits.PlanFailure(account, at += world.Dice.Seconds(4, 9), "192.0.2.77", Script);

        // In the morning everybody looks after their account, which also clears their count of failures.
        foreach (var member in world.Cast.Joining.Where(member => accounts.Contains(member.Email)))
            visits.Plan(member, world.Schedule.WorkingDay(12, member.FirstHour) + world.Dice.Minutes(10, 50));
    }

    // Three guesses and a hit, at three in the morning, from a network and a device that nobody here has ever used.
    private void PlanTakeover()
    {
        var tomas = world.Cast.Tomas;
        var at = world.Schedule.WorkingDay(5, 3, 7);
        for (var guess = 0; guess < 3; guess++)
            visits.PlanFailure(tomas.Email, at += world.Dice.Seconds(9, 25), "192.0.2.201", ChromeOnAndroid);
        var origin = world.Origin("192.0.2.201", ChromeOnAndroid);
        world.Schedule.At(at + world.Dice.Seconds(9, 25), async cancellationToken =>
        {
            var actor = await visits.SignInAsync(tomas, origin, cancellationToken);
            world.Schedule.At(world.Clock.GetUtcNow() + world.Dice.Minutes(5, 9), token => world.Use<SignOut>().HandleAsync(world.Again(actor), token));
        });
    }

    // Back from holiday with a forgotten password: five failures lock for a minute, and even the right one is refused meanwhile.
    private void PlanLockout()
    {
        var nadia = world.Cast.Nadia;
        var at = world.Schedule.WorkingDay(21, 7, 52);
        for (var failure = 0; failure < 5; failure++)
            visits.PlanFailure(nadia.Email, at += world.Dice.Seconds(6, 15), nadia.Places[0], nadia.Devices[0]);
        visits.PlanRefusal(nadia.Email, at + TimeSpan.FromSeconds(14), nadia.Places[0], nadia.Devices[0]);
        visits.PlanRefusal(nadia.Email, at + TimeSpan.FromSeconds(33), nadia.Places[0], nadia.Devices[0]);
        visits.Plan(nadia, at + TimeSpan.FromMinutes(4));
    }

    private void PlanFormerColleague()
    {
        var ines = world.Cast.Ines;
        visits.PlanRefusal(ines.Email, world.Schedule.WorkingDay(19, 20, 15), ines.Places[1], ines.Devices[0]);
        visits.PlanRefusal(ines.Email, world.Schedule.WorkingDay(19, 20, 16), ines.Places[1], ines.Devices[0]);
        visits.PlanRefusal(ines.Email, world.Schedule.WorkingDay(8, 21, 3), "2001:db8:beef::5", SafariOnIPhone);
    }

    private void PlanStrangers()
    {
        visits.PlanFailure("billing@acme.example", world.Schedule.WorkingDay(63, 11, 20), "198.51.100.250", ChromeOnWindows);
        visits.PlanFailure("amara@acme.example", world.Schedule.WorkingDay(47, 7, 44), world.Cast.Admin.Places[0], SafariOnIPhone);
        visits.PlanFailure("test@acme.example", world.Schedule.WorkingDay(31, 1, 9), "2001:db8:dead::1", Script);
        visits.PlanFailure("postmaster@globex.example", world.Schedule.WorkingDay(16, 4, 30), "192.0.2.77", Script);
        for (var guess = 0; guess < 4; guess++)
            visits.PlanFailure(world.Cast.Admin.Email, world.Schedule.WorkingDay(2, 0, 30).AddMinutes(guess * 7), "2001:db8:dead::1", Script);
        visits.Plan(world.Cast.Admin, world.Schedule.WorkingDay(2, world.Cast.Admin.FirstHour, 40));
    }

    // A colleague changes planes: two far countries within the hour, neither of them seen before. A reviewer asked her.
    private void PlanJourney()
    {
        var priya = world.Cast.Priya;
        var landed = world.Schedule.WorkingDay(6, 17, 20);
        world.Schedule.At(landed, token => visits.SignInAsync(priya, world.Origin("192.0.2.140", priya.Devices[1]), token));
        world.Schedule.At(landed.AddMinutes(50), async token =>
        {
            var actor = await visits.SignInAsync(priya, world.Origin("192.0.2.170", priya.Devices[1]), token);
            visits.Plan(world.Cast.Reviewer, landed.AddHours(15), (reviewer, stop) => NoteAsync(actor, reviewer, stop));
        });
    }

    private async Task NoteAsync(Actor of, Actor reviewer, CancellationToken cancellationToken)
    {
        var found = DemoWorld.Expect(await world.Use<ListLoginAttempts>().HandleAsync(new LoginFilter(of.Name, Ip: of.Origin.Ip, Limit: 1), reviewer, cancellationToken));
        const string Note = "Asked her by phone: a stopover, and the hotel after it. Nothing to do.";
        DemoWorld.Expect(await world.Use<AddLoginNote>().HandleAsync(found.Rows[0].Id, Note, world.Again(reviewer), cancellationToken));
        DemoWorld.Expect(await world.Use<MarkLoginAttempt>().HandleAsync(found.Rows[0].Id, LoginMark.ThisWasMe, world.Again(reviewer), cancellationToken));
    }

    // Somebody has the password and lacks the phone.
    private void PlanCodeGuesses()
    {
        var (jonas, at) = (world.Cast.Jonas, world.Schedule.WorkingDay(4, 18, 12));
        var origin = world.Origin("2001:db8:beef::21", DemoDevices.ChromeOnWindows);
        world.Schedule.At(at, async token =>
        {
            var progress = DemoWorld.Expect(await world.Use<SignInWithPassword>().HandleAsync(jonas.Email, world.Password, origin, token));
            for (var guess = 1; guess <= 4; guess++)
                world.Schedule.At(at.AddSeconds(guess * 11), stop => GuessAsync(progress.Challenge!, origin, stop));
        });
        visits.Plan(jonas, world.Schedule.WorkingDay(4, 18, 12).AddHours(14));
    }

    // A word that is no code at all: six digits might be the right ones.
    private async Task GuessAsync(Secret challenge, RequestOrigin origin, CancellationToken cancellationToken) => DemoWorld.ExpectRefusal(
        await world.Use<SignInWithSecondFactor>().HandleAsync(challenge, new Secret("abcdef"), SecondFactors.AuthenticatorApp, origin, cancellationToken), SignInErrors.WrongCode.Code);

    // A server that the rotation of long ago forgot still comes with its old token every night.
    private void PlanForgottenServer()
    {
        for (var night = 3; night >= 1; night--)
        {
            var origin = world.Origin("203.0.113.99", DemoDevices.Script);
            world.Schedule.At(world.Schedule.WorkingDay(night, 1, 5), token => world.Use<ReportRetiredToken>().HandleAsync(retired.Id, origin, token));
        }
    }
}
