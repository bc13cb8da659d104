using FinConsole.Core.Common;
using Xunit;

namespace FinConsole.Tests.Common;

/// <summary>Where reads run when they are given up, and when their host ends.</summary>
public sealed class ScanThreadsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_follows_a_read_that_was_given_up_before_its_turn_runs_elsewhere_and_may_dispose_the_threads()
    {
        using var threads = new ScanThreads(1);
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        using var givingUp = new CancellationTokenSource();
        var first = threads.RunAsync(
            () =>
            {
                entered.Set();
                leave.Wait(Stop);
                return Task.FromResult(1);
            },
            Stop);
        Assert.True(entered.Wait(Patience, Stop));
        var ran = false;

        var followed = FollowAsync(threads.RunAsync(() => Task.FromResult(ran = true), givingUp.Token));
        await givingUp.CancelAsync();
        leave.Set();

        Assert.NotEqual(ScanThreads.ThreadName, await followed.WaitAsync(Patience, Stop));
        Assert.Equal(1, await first);
        Assert.False(ran);

        async Task<string?> FollowAsync(Task read)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
            threads.Dispose();
            return Thread.CurrentThread.Name;
        }
    }

    [Fact]
    public async Task A_read_that_waits_while_the_host_ends_still_reports_what_it_read()
    {
        using var threads = new ScanThreads(1);
        var database = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = threads.RunAsync(
            async () =>
            {
                asked.SetResult();
                return await database.Task;
            },
            Stop);
        await asked.Task.WaitAsync(Patience, Stop);

        threads.Dispose();
        database.SetResult(7);

        Assert.Equal(7, await read.WaitAsync(Patience, Stop));
    }
}
