using System.Collections.Concurrent;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>Tokens with the same allowlist share one compiled form.</summary>
internal sealed class AllowlistPool
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<string, AddressRules> _known = new();

    public AddressRules? Find(string column)
    {
        if (column.Length == 0)
            return null;
        if (_known.TryGetValue(column, out var rules))
            return rules;
        if (_known.Count >= Most)
            _known.Clear();
        return _known.GetOrAdd(column, AddressRules.Of(column)!);
    }
}
