using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.Onboarding;

namespace FinConsole.Core.Demo;

/// <summary>A small neighbour, to see that Acme Payments sees nothing of it.</summary>
internal sealed class GlobexStory(DemoWorld world, DemoVisits visits, DemoTokens tokens)
{
    public const string Tenant = "Globex";

    private readonly DemoCast _cast = world.Cast;

    public void Plan()
    {
        var founded = world.Schedule.WorkingDay(96, 13);
        world.Schedule.At(founded, async cancellationToken =>
        {
            var request = new OnboardTenantRequest(Tenant, "globex.example", _cast.Globex.Name, _cast.Globex.Email, world.Password);
            var origin = world.Origin(_cast.Globex.Places[0], _cast.Globex.Devices[0]);
            var onboarded = DemoWorld.Expect(await world.Use<OnboardTenant>().HandleAsync(request, origin, cancellationToken));
            _cast.Globex.Id = onboarded.AdminId;
        });
        visits.Plan(_cast.Globex, founded.AddMinutes(10), (actor, cancellationToken) => new DemoTeam(world).AddAsync(_cast.GlobexCashier, Tenant, actor, cancellationToken));

        Create(70, "Storefront", TokenEnvironment.Production, TokenExpiry.Months6, "write:payments");
        Create(33, "Back office", TokenEnvironment.Staging, TokenExpiry.Months3, "read:reports");
        var old = Create(89, "Old storefront", TokenEnvironment.Production, TokenExpiry.Year1, "write:*");
        tokens.Invalidate(old, _cast.Globex, world.Schedule.WorkingDay(66, 10), InvalidationReason.NoLongerNeeded);
        visits.PlanHabits(_cast.Globex);
        visits.PlanHabits(_cast.GlobexCashier);
    }

    private DemoToken Create(int daysAgo, string name, TokenEnvironment environment, TokenExpiry expiry, string scope) => tokens.Create(
        _cast.Globex,
        world.Schedule.WorkingDay(daysAgo, 11, world.Dice.Between(0, 59)),
        new CreateApiTokenRequest(name, environment, expiry, [scope], null, _cast.Globex.Name, world.Credentials(_cast.GlobexCashier)));
}
