namespace FinConsole.Core.Data;

/// <summary>
/// Writes what many callers bring at the same time in one transaction: whoever comes while one is being committed goes with the next.
/// Each waits until its own is durable, and a flood costs one flush of the disk a group, not one an entry.
/// </summary>
/// <typeparam name="T">What is written; it changes nothing else, so that it can be written behind its caller's back.</typeparam>
/// <param name="writeAsync">Writes all of a group, or nothing of it.</param>
internal sealed class GroupCommit<T>(Func<IReadOnlyList<T>, Task> writeAsync)
{
    /// <summary>Of one group: none holds the database for long.</summary>
    public const int Most = 500;

    private readonly Queue<Waiting> _waiting = new();
    private bool _writing;

    /// <summary>Writes one; done when it is durable. Its failure is the caller's.</summary>
    /// <param name="item">Written even if its caller goes away: who hangs up early leaves a trace all the same.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task WriteAsync(T item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var mine = new Waiting(item);
        lock (_waiting)
        {
            _waiting.Enqueue(mine);
            if (!_writing)
            {
                _writing = true;
                _ = Task.Run(WriteAllAsync, CancellationToken.None);
            }
        }

        return mine.Done.Task.WaitAsync(cancellationToken);
    }

    private async Task WriteAllAsync()
    {
        while (Take() is { Count: > 0 } group)
            await WriteGroupAsync(group);
    }

    private List<Waiting> Take()
    {
        var group = new List<Waiting>();
        lock (_waiting)
        {
            while (group.Count < Most && _waiting.TryDequeue(out var next))
                group.Add(next);
            _writing = group.Count > 0;
        }

        return group;
    }

    private async Task WriteGroupAsync(List<Waiting> group)
    {
        try
        {
            await writeAsync([.. group.Select(each => each.Item)]);
            foreach (var each in group)
                each.Done.SetResult();
        }
        catch (Exception) when (group.Count > 1)
        {
            // One that cannot be written must not take the others with it.
            foreach (var each in group)
                await WriteGroupAsync([each]);
        }
        catch (Exception failure)
        {
            group[0].Done.SetException(failure);
        }
    }

    private sealed record Waiting(T Item)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
