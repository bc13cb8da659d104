using System.Diagnostics.Metrics;

namespace FinConsole.Core.Common;

/// <summary>
/// What the program counts and measures about itself: one meter, names and units after OpenTelemetry's conventions. Tags are words of
/// the program's own (results, outcomes), never a token, an address, an account or a tenant. Nothing is computed unless somebody listens.
/// </summary>
public sealed class ConsoleMetrics
{
    public const string MeterName = "FinConsole";

    private readonly Counter<long> _verifications;
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _signIns;
    private readonly Counter<long> _limited;

    public ConsoleMetrics(IMeterFactory meters)
    {
        Meter = meters.Create(MeterName);
        _verifications = Meter.CreateCounter<long>("finconsole.token.verifications", "{verification}", "Tokens that were verified, by result.");
        _latency = Meter.CreateHistogram<double>("finconsole.token.verification.duration", "s", "How long a verification took.");
        _signIns = Meter.CreateCounter<long>("finconsole.sign_ins", "{attempt}", "Attempts to get in, by way and outcome.");
        _limited = Meter.CreateCounter<long>("finconsole.rate_limited", "{request}", "Requests refused for a limit, by whose limit it is.");
    }

    /// <summary>For gauges, which the host reads from its parts.</summary>
    public Meter Meter { get; }

    /// <summary>Whether somebody listens to verifications: the hot path asks before it looks at the clock.</summary>
    public bool MeasuresVerifications => _verifications.Enabled || _latency.Enabled;

    /// <param name="result">A word of few.</param>
    /// <param name="took">From the first look at the text to the verdict.</param>
    public void Verified(string result, TimeSpan took)
    {
        _verifications.Add(1, new KeyValuePair<string, object?>("result", result));
        _latency.Record(took.TotalSeconds);
    }

    /// <param name="way">By which door.</param>
    /// <param name="outcome">How it ended.</param>
    public void SignIn(Enum way, Enum outcome)
    {
        if (_signIns.Enabled)
            _signIns.Add(1, new KeyValuePair<string, object?>("way", way.ToString()), new KeyValuePair<string, object?>("outcome", outcome.ToString()));
    }

    /// <param name="whose">Token, tenant, account, address or sign-in.</param>
    public void Limited(string whose) => _limited.Add(1, new KeyValuePair<string, object?>("limit", whose));
}
