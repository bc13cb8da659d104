using FinConsole.Core.SignIn;
using static FinConsole.Core.Demo.DemoDevices;

namespace FinConsole.Core.Demo;

/// <summary>What a security reviewer should find in the login history.</summary>
internal sealed class DemoIntruders(DemoWorld world, DemoVisits visits)
{
    public void Plan()
    {
        PlanSpray();
        PlanTakeover();
        PlanLockout();
        PlanFormerColleague();
        PlanStrangers();
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
}
