using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.Demo;

/// <summary>Core once more, over the same database, on the demo's clock: what the pages call, the demo calls.</summary>
internal sealed class DemoWorld(IServiceProvider services, DemoClock clock, DemoDice dice, DemoSchedule schedule, Secret password)
{
    public DemoCast Cast { get; } = new();

    public DemoClock Clock => clock;

    public DemoDice Dice => dice;

    public DemoSchedule Schedule => schedule;

    public Secret Password => password;

    public T Use<T>()
        where T : notnull => services.GetRequiredService<T>();

    public CashierCredentials Credentials(DemoMember cashier) => new(cashier.Email, password);

    /// <summary>Where a person sits this time; each request has a correlation id of its own.</summary>
    public RequestOrigin Origin(string ip, string userAgent) => new(ip, userAgent, dice.Next().ToString("x16", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The same person's next request.</summary>
    public Actor Again(Actor actor) => actor with { Origin = Origin(actor.Origin.Ip!, actor.Origin.UserAgent!) };

    /// <summary>What the demo does always succeeds; if it does not, the demo no longer fits the rules and its author must hear of it.</summary>
    public static T Expect<T>(Result<T> result) => result.Succeeded ? result.Value : throw Refused(result.Error);

    /// <inheritdoc cref="Expect{T}"/>
    public static void Expect(Result result)
    {
        if (!result.Succeeded)
            throw Refused(result.Error);
    }

    /// <summary>For what the demo does wrong on purpose.</summary>
    public static void ExpectRefusal<T>(Result<T> result, string code)
    {
        if (result.Error?.Code != code)
            throw new InvalidOperationException($"The demo expected {code} and got {result.Error?.Code ?? "success"}.");
    }

    // The password is the operator's; everything else that is refused is the demo's own fault.
    private static Exception Refused(Error error) => error.Code == SignInErrors.WeakPassword("").Code
        ? new ConfigurationRefusedException(Texts.Format(DemoTexts.PasswordRefused, error.Message))
        : new InvalidOperationException($"The demo data cannot be made: {error.Code}. {error.Message} {string.Join(' ', error.Fields.Values)}");
}
