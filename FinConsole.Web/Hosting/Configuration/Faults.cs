namespace FinConsole.Web.Hosting.Configuration;

/// <summary>Everything that is wrong with a configuration, gathered so that it is told all at once.</summary>
internal sealed class Faults
{
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void Add(string fault) => _all.Add(fault);
}

/// <summary>The program does not start; the message says why in plain words, and no stack trace is shown.</summary>
public sealed class StartRefusedException(string message) : Exception(message)
{
    public StartRefusedException(IEnumerable<string> faults)
        : this(string.Join(Environment.NewLine, faults.Select(fault => "  - " + fault).Prepend(ConfigurationTexts.Refused)))
    {
    }
}
