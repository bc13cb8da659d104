using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

/// <summary>
/// Runs inside the measured program before its own first line (DOTNET_STARTUP_HOOKS finds it by this name, outside any namespace), so that
/// nothing of the product's is changed for being measured. Whoever connects to the socket is told the live heap and how many circuits there are.
/// </summary>
internal static class StartupHook
{
    public const string SocketVariable = "FINCONSOLE_BENCH_HEAP";

    private static readonly MeterListener Listener = new();
    private static long _circuits;

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(SocketVariable) is not { Length: > 0 } path)
            return;
        Listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "aspnetcore.components.circuit.active")
                listener.EnableMeasurementEvents(instrument);
        };
        Listener.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Add(ref _circuits, change));
        Listener.Start();
        new Thread(() => Serve(path)) { IsBackground = true }.Start();
    }

    private static void Serve(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        while (true)
        {
            using var asker = socket.Accept();
            asker.Send(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{LiveHeap()} {Interlocked.Read(ref _circuits)}")));
        }
    }

    private static long LiveHeap()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
