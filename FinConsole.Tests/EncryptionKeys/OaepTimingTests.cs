using System.Diagnostics;
using System.Globalization;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>
/// A field that fails takes as long as any other that fails. A busy machine disturbs times, so this belongs to the long tests; that each
/// failure costs the same work is counted in <see cref="OaepDiagnosisTests"/>, which every run does.
/// </summary>
public sealed class OaepTimingTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private const double Tolerance = 0.10;

    [Fact]
    [Trait("Category", "Long")]
    public async Task The_medians_of_all_failures_lie_within_a_tenth_of_each_other() =>
        AssertAlike(await MeasureAsync(200), times => times.Order().ElementAt(times.Count / 2), 1 + Tolerance);

    private static void AssertAlike(Dictionary<string, List<double>> measured, Func<List<double>, double> figure, double most)
    {
        var figures = measured.ToDictionary(outcome => outcome.Key, outcome => figure(outcome.Value));
        Assert.True(
            figures.Values.Max() / figures.Values.Min() <= most,
            string.Join(", ", figures.Select(outcome => $"{outcome.Key}: {outcome.Value.ToString("F1", CultureInfo.InvariantCulture)} ms")));
    }

    // In turns, so that whatever else the machine does falls on all of them. The first round warms up.
    private async Task<Dictionary<string, List<double>>> MeasureAsync(int tries)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);
        var outcomes = await OaepCiphertexts.FailuresAsync(key, key);
        var times = outcomes.Keys.ToDictionary(outcome => outcome, _ => new List<double>());
        var opener = core.Get<PayloadOpener>();
        await using var context = core.Db.Open(tenant.Id);
        for (var round = 0; round <= tries; round++)
        {
            foreach (var (outcome, text) in outcomes)
            {
                var start = Stopwatch.GetTimestamp();
                Assert.Null((await opener.TryAsync(context, null, [text], Stop))[0].Opened);
                if (round > 0)
                    times[outcome].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return times;
    }
}
