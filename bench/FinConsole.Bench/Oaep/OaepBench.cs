using System.Diagnostics;
using System.Globalization;
using FinConsole.Bench.Measuring;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.EncryptionKeys.Programs;

namespace FinConsole.Bench.Oaep;

/// <summary>Measures whether the time of a failed decryption tells what was wrong: all outcomes by turns, medians (docs/adr/0023).</summary>
internal static class OaepBench
{
    private const int Rounds = 151;
    private const double Most = 1.10;

    public static async Task RunAsync(BenchOptions options)
    {
        await using var host = await BenchHost.StartAsync(await BenchDatabase.NewAsync(options, "finconsole_oaep"));
        var key = await host.Get<KeyPairs>().MakeAsync(host.TenantId, CancellationToken.None);
        await using (var context = host.Get<ConsoleDb>().Open(host.TenantId))
        {
            context.Add(key);
            await context.SaveChangesAsync();
        }

        var ciphertexts = Ciphertexts.Of(key.PublicKey);
        var payloads = await MeasureAsync(Payloads(host, ciphertexts));
        var signIns = await MeasureAsync(SignIns(host, ciphertexts));
        var report = string.Join("\n\n",
            Table($"a payload's field that fails, {key.Size} bits", payloads),
            Table($"a password at sign-in, {key.Size} bits", signIns),
            "A payload's field that opens takes less, which shows anyway; at sign-in it may not, since it would tell whose member an address is.");
        await File.WriteAllTextAsync(options.Out, report + "\n");
    }

    private static List<Variant> Payloads(BenchHost host, Dictionary<string, string> ciphertexts) =>
        [.. ciphertexts.Where(pair => pair.Key != Ciphertexts.Opens).Select(pair => new Variant(pair.Key, async () =>
        {
            await using var context = host.Get<ConsoleDb>().Open(host.TenantId);
            var tried = await host.Get<PayloadOpener>().TryAsync(context, null, [pair.Value], CancellationToken.None);
            Demand(tried[0].Opened is null, pair.Key);
        }))];

    // Of a member's address and of nobody's; only what is as long as a ciphertext is tried at all.
    private static List<Variant> SignIns(BenchHost host, Dictionary<string, string> ciphertexts)
    {
        var tried = ciphertexts.Where(pair => CiphertextReading.LooksLikeCiphertext(pair.Value));
        return
        [
            .. tried.Select(pair => SignIn(host, pair.Key, pair.Value, host.TenantId, pair.Key == Ciphertexts.Opens)),
            SignIn(host, "would open, for nobody's address", ciphertexts[Ciphertexts.Opens], null, opens: false),
        ];
    }

    private static Variant SignIn(BenchHost host, string name, string ciphertext, Guid? tenantId, bool opens) => new(name, async () =>
    {
        var (secret, _) = await host.Get<SignInSecrets>().ReadAsync(new Secret(ciphertext), tenantId, new TrialWork(), CancellationToken.None);
        Demand(secret.Text is not null == opens, name);
    });

    private static void Demand(bool permission, string name)
    {
        if (!permission)
            throw new InvalidOperationException($"\"{name}\" has another outcome.");
    }

    // Each once in a round, so that whatever else the machine does falls on all of them. The first round warms up.
    private static async Task<Dictionary<string, double>> MeasureAsync(IReadOnlyList<Variant> variants)
    {
        var times = variants.ToDictionary(variant => variant.Name, _ => new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var variant in round % 2 == 0 ? variants : variants.Reverse())
            {
                var begun = Stopwatch.GetTimestamp();
                await variant.RunAsync();
                if (round > 0)
                    times[variant.Name].Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        return times.ToDictionary(pair => pair.Key, pair => Alternation.Median(pair.Value));
    }

    private static string Table(string what, Dictionary<string, double> medians)
    {
        var (least, most) = (medians.Values.Min(), medians.Values.Max());
        var ratio = most / least;
        var lines = medians.Select(pair => string.Create(CultureInfo.InvariantCulture, $"| {pair.Key} | {pair.Value:F1} | {pair.Value / least:F2} |"));
        return string.Join('\n',
            [
                $"| {what} | median (ms) | of the fastest |", "| --- | ---: | ---: |", .. lines,
                string.Create(CultureInfo.InvariantCulture, $"| **slowest over fastest** | | {ratio:F2}{(ratio <= Most ? "" : " **missed**")} (≤ {Most:F2}) |"),
            ]);
    }
}
