using FinConsole.Bench.Measuring;

namespace FinConsole.Bench.Pages;

/// <param name="Console">Seconds from start to first page, with all the data.</param>
/// <param name="Template">The template's.</param>
/// <param name="Megabytes">What the console had in memory after that page.</param>
/// <param name="TemplateMegabytes">What the template's app had.</param>
internal sealed record StartFigures(double Console, double Template, double Megabytes, double TemplateMegabytes);

/// <summary>From start to first page, the template's app and the console by turns: target 11.</summary>
internal static class StartTimes
{
    private const int Rounds = 7;

    public static async Task<StartFigures> MeasureAsync(Func<Task<MeasuredServer>> console, Func<Task<MeasuredServer>> template)
    {
        var (ours, theirs) = (new List<MeasuredServer>(), new List<MeasuredServer>());
        for (var round = 0; round <= Rounds; round++)
        {
            await using var their = await template();
            await their.DisposeAsync();
            await using var our = await console();
            await our.DisposeAsync();
            Console.WriteLine($"Start: {our.FirstPage.TotalMilliseconds:F0} ms, {our.Megabytes:F0} MB; template {their.FirstPage.TotalMilliseconds:F0} ms, {their.Megabytes:F0} MB");
            // The first of each reads its files from the disk.
            if (round == 0)
                continue;
            theirs.Add(their);
            ours.Add(our);
        }

        return new StartFigures(
            Median(ours, server => server.FirstPage.TotalSeconds), Median(theirs, server => server.FirstPage.TotalSeconds),
            Median(ours, server => server.Megabytes), Median(theirs, server => server.Megabytes));
    }

    private static double Median(List<MeasuredServer> servers, Func<MeasuredServer, double> figure) => Alternation.Median([.. servers.Select(figure)]);
}
