using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace FinConsole.Core.Common;

/// <summary>
/// The threads that scans read on, one for each turn. SQLite's reads block their thread: on the thread pool, which has as many threads as
/// the machine has cores, a request would wait for them. The operating system runs these threads after all others that are ready to run.
/// </summary>
internal sealed class ScanThreads : TaskScheduler, IDisposable
{
    public const string ThreadName = "scans";

    // A tenth of the usual share of a core. Never the class "idle": a thread that gets no share at all would hold up a garbage collection.
    private const int Niceness = 10;

    private readonly BlockingCollection<Task> _reads = [];
    private readonly Lazy<Thread[]> _threads;

    public ScanThreads(int count)
    {
        MaximumConcurrencyLevel = count;
        _threads = new Lazy<Thread[]>(() => [.. Enumerable.Range(0, count).Select(_ => Start())]);
    }

    public override int MaximumConcurrencyLevel { get; }

    /// <summary>Runs a read on one of the threads. What follows it runs elsewhere.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        // The task itself never has the token: what follows a task that is cancelled before it runs would run on the thread that finds it so.
        return Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

        Task<T> Read()
        {
            cancellationToken.ThrowIfCancellationRequested();
            return read();
        }
    }

    /// <summary>The threads end once their reads have. Nobody waits for that: a read may need whoever disposes.</summary>
    public void Dispose() => _reads.CompleteAdding();

    protected override void QueueTask(Task task)
    {
        try
        {
            _ = _threads.Value;
            _reads.Add(task);
        }
        catch (InvalidOperationException) when (_reads.IsAddingCompleted)
        {
            // The rest of a read that waits for its database while the host ends.
            ThreadPool.UnsafeQueueUserWorkItem(rest => TryExecuteTask(rest), task, preferLocal: false);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _reads;

    private Thread Start()
    {
        // Windows follows the priority; .NET does not set one on Linux.
        var thread = new Thread(Run) { IsBackground = true, Name = ThreadName, Priority = ThreadPriority.BelowNormal };
        thread.Start();
        return thread;
    }

    private void Run()
    {
        // Where a sandbox refuses, scans still read in short pieces.
        if (OperatingSystem.IsLinux())
            _ = NativeMethods.SetPriority(NativeMethods.ThisThread, 0, Niceness);
        foreach (var read in _reads.GetConsumingEnumerable())
            TryExecuteTask(read);
    }

    private static class NativeMethods
    {
        /// <summary><c>PRIO_PROCESS</c>: with 0 for "who" it is the calling thread that Linux sets (setpriority(2), "C library/kernel differences").</summary>
        public const int ThisThread = 0;

        [DllImport("libc", EntryPoint = "setpriority")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int SetPriority(int which, uint who, int niceness);
    }
}
