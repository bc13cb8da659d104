using FinConsole.Core.LoginHistory;
using FinConsole.Core.Policies;

namespace FinConsole.Bench.Generating;

/// <summary>Makes login history: one row in fifty is suspicious.</summary>
internal sealed class LoginMaker(Population population, long rows, DateTimeOffset now)
{
    private readonly Random _dice = new(1);

    public LoginAttempt Make(long number)
    {
        var (person, address, browser) = (population.PersonOf(_dice), population.AddressOf(_dice), population.BrowserOf(_dice));
        var at = Population.TimeOf(number, rows, now);
        var outcome = _dice.Next(100) switch
        {
            < 62 => LoginOutcome.Success,
            < 82 => LoginOutcome.MfaPassed,
            < 90 => LoginOutcome.SignedOut,
            < 97 => LoginOutcome.WrongPassword,
            < 99 => LoginOutcome.MfaFailed,
            _ => LoginOutcome.Locked,
        };
        var suspicious = _dice.Next(50) == 0;
        return new LoginAttempt
        {
            Id = number,
            TenantId = population.TenantId,
            MemberId = person.Id,
            Account = person.Email,
            Way = _dice.Next(10) == 0 ? SignInChannel.StepUp : SignInChannel.Console,
            Outcome = outcome,
            At = at,
            Ip = address.Ip,
            UserAgent = browser.UserAgent,
            Device = browser.Device,
            SessionId = Guid.CreateVersion7(at),
            CorrelationId = Population.Correlation(at),
            Network = address.Network,
            Country = address.Country,
            Level = suspicious ? _dice.Next(5) == 0 ? RiskLevel.High : RiskLevel.Medium : RiskLevel.Low,
            Score = suspicious ? 45 : 5,
            Flagged = suspicious ? RiskReasons.NewCountry | RiskReasons.NewDevice | RiskReasons.FailuresBefore : RiskReasons.None,
            Undecided = _dice.Next(20) == 0 ? RiskReasons.UnusualHour : RiskReasons.None,
            Evidence = suspicious ? "FailuresBefore=4" : null,
        };
    }
}
