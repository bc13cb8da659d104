namespace FinConsole.Bench.Measuring;

/// <summary>How far the live heap grows while something long runs: collected in full some forty times on the way.</summary>
internal sealed class HeapWatch(long rows)
{
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
    private readonly long _step = Math.Max(1, rows / 40);
    private long _next;
    private long _most;

    public double GrowthMegabytes => (_most - _before) / (1024.0 * 1024);

    public void At(long row)
    {
        if (row < _next)
            return;
        _next = row + _step;
        _most = Math.Max(_most, GC.GetTotalMemory(forceFullCollection: true));
    }
}
