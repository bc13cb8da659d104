namespace FinConsole.Core.Demo;

/// <summary>
/// The same throws for the same seed on every machine and .NET version (SplitMix64, Steele, Lea and Flood 2014), so that everybody
/// sees the same demo. Not for secrets.
/// </summary>
internal sealed class DemoDice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    public bool Chance(int percent) => Between(1, 100) <= percent;

    /// <summary>The first of the list three times in four, else any of the others: people are creatures of habit.</summary>
    public string Usual(IReadOnlyList<string> habits) => habits.Count == 1 || Chance(75) ? habits[0] : habits[Between(1, habits.Count - 1)];

    public TimeSpan Seconds(int low, int high) => TimeSpan.FromMilliseconds(Between(low * 1000, high * 1000));

    public TimeSpan Minutes(int low, int high) => Seconds(low * 60, high * 60);
}
