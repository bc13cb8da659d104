using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;

namespace FinConsole.Core.Policies;

/// <summary>How a tenant weighs what speaks against a sign-in. The score is the sum of the reasons' weights, at most 100.</summary>
/// <param name="Medium">From this score on a sign-in is suspicious; 1 to 100.</param>
/// <param name="High">From this score on its level is high; above <paramref name="Medium"/>, up to 100.</param>
/// <param name="Weights">One for each reason; 0 to 100, 0 takes the reason out of the score.</param>
public sealed record RiskPolicy(int Medium, int High, ImmutableSortedDictionary<RiskReasons, int> Weights)
{
    public const int HighestScore = 100;

    /// <summary>Each reason by itself, in the order in which they are shown.</summary>
    public static readonly ImmutableArray<RiskReasons> Reasons = [.. Enum.GetValues<RiskReasons>().Where(reason => BitOperations.IsPow2((int)reason))];

    public static readonly RiskPolicy Default = new(Medium: 30, High: 60, ImmutableSortedDictionary.CreateRange(new Dictionary<RiskReasons, int>
    {
        [RiskReasons.NewIp] = 5,
        [RiskReasons.NewNetwork] = 10,
        [RiskReasons.NewCountry] = 25,
        [RiskReasons.ImpossibleTravel] = 40,
        [RiskReasons.NewDevice] = 15,
        [RiskReasons.UnusualHour] = 10,
        [RiskReasons.FailuresBefore] = 20,
        [RiskReasons.ManyAccountsFromOneIp] = 40,
        [RiskReasons.RepeatedMfaFailures] = 30,
        [RiskReasons.RetiredTokenUsed] = 50,
    }));

    /// <summary>Whether nobody has weighed anything differently.</summary>
    public bool HasDefaultWeights => Weights.SequenceEqual(Default.Weights);

    public int ScoreOf(RiskReasons flagged)
    {
        var score = 0;
        foreach (var reason in Reasons)
            score += (flagged & reason) == 0 ? 0 : Weights[reason];
        return Math.Min(score, HighestScore);
    }

    public RiskLevel LevelOf(int score) => score >= High ? RiskLevel.High : score >= Medium ? RiskLevel.Medium : RiskLevel.Low;

    /// <summary>The weights as they are stored: reasons by name, so that a reason of a later release finds its default.</summary>
    public string WeightsToJson() => JsonSerializer.Serialize(Weights.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value));

    /// <summary>Reads stored settings; a reason that they do not name has its default weight.</summary>
    public static RiskPolicy Read(int medium, int high, string? weights)
    {
        var read = Default.Weights;
        if (weights is not null)
        {
            foreach (var (name, weight) in JsonSerializer.Deserialize<Dictionary<string, int>>(weights)!)
            {
                if (Enum.TryParse<RiskReasons>(name, out var reason) && read.ContainsKey(reason))
                    read = read.SetItem(reason, weight);
            }
        }

        return new RiskPolicy(medium, high, read);
    }

    /// <summary>The same figures, whichever dictionary holds them.</summary>
    public bool Equals(RiskPolicy? other) => other is not null && (Medium, High) == (other.Medium, other.High) && Weights.SequenceEqual(other.Weights);

    public override int GetHashCode() => HashCode.Combine(Medium, High, Weights.Values.Sum());
}
