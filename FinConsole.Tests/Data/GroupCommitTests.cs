using FinConsole.Core.Data;
using Xunit;

namespace FinConsole.Tests.Data;

/// <summary>Writing together what many bring at the same time.</summary>
public sealed class GroupCommitTests
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<int[]> _groups = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_come_while_one_is_written_go_together_with_the_next()
    {
        var commit = new GroupCommit<int>(HoldFirstAsync);
        var one = commit.WriteAsync(1, Stop);
        await BeganAsync();

        Task[] others = [.. Enumerable.Range(2, 9).Select(number => commit.WriteAsync(number, Stop))];
        Assert.DoesNotContain(others, other => other.IsCompleted);
        _first.SetResult();
        await Task.WhenAll([one, .. others]);

        Assert.Equal([[1], [2, 3, 4, 5, 6, 7, 8, 9, 10]], _groups);
    }

    [Fact]
    public async Task Nobody_is_told_that_something_is_written_before_it_is()
    {
        var commit = new GroupCommit<int>(HoldFirstAsync);
        var one = commit.WriteAsync(1, Stop);
        await BeganAsync();

        Assert.False(one.IsCompleted);
        _first.SetResult();
        await one;
    }

    [Fact]
    public async Task One_that_cannot_be_written_fails_alone()
    {
        var commit = new GroupCommit<int>(async group =>
        {
            await HoldFirstAsync(group);
            if (group.Contains(3))
                throw new InvalidOperationException("no threes");
        });
        var one = commit.WriteAsync(1, Stop);
        await BeganAsync();
        var (two, three, four) = (commit.WriteAsync(2, Stop), commit.WriteAsync(3, Stop), commit.WriteAsync(4, Stop));
        _first.SetResult();

        await Task.WhenAll(one, two, four);
        Assert.Equal("no threes", (await Assert.ThrowsAsync<InvalidOperationException>(() => three)).Message);
        await commit.WriteAsync(5, Stop);
    }

    [Fact]
    public async Task What_its_caller_no_longer_waits_for_is_written_all_the_same()
    {
        var commit = new GroupCommit<int>(HoldFirstAsync);
        var one = commit.WriteAsync(1, Stop);
        await BeganAsync();
        using var away = new CancellationTokenSource();
        var two = commit.WriteAsync(2, away.Token);

        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        _first.SetResult();
        await one;
        await commit.WriteAsync(3, Stop);

        Assert.Contains(_groups, group => group.Contains(2));
    }

    [Fact]
    public async Task No_group_is_larger_than_the_database_should_be_held_for()
    {
        var commit = new GroupCommit<int>(HoldFirstAsync);
        var one = commit.WriteAsync(0, Stop);
        await BeganAsync();
        Task[] others = [.. Enumerable.Range(1, GroupCommit<int>.Most + 1).Select(number => commit.WriteAsync(number, Stop))];
        _first.SetResult();
        await Task.WhenAll([one, .. others]);

        Assert.Equal([1, GroupCommit<int>.Most, 1], _groups.Select(group => group.Length));
    }

    private async Task HoldFirstAsync(IReadOnlyList<int> group)
    {
        lock (_groups)
            _groups.Add([.. group]);
        await _first.Task;
    }

    private async Task BeganAsync()
    {
        while (true)
        {
            lock (_groups)
            {
                if (_groups.Count > 0)
                    return;
            }

            await Task.Yield();
        }
    }
}
