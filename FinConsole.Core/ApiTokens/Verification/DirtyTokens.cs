using System.Collections.Concurrent;
using FinConsole.Core.Data.Changes;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>
/// What has changed since it was read into the index. Marked before a change is acknowledged and cleared after what replaces it can be
/// seen: who looks here first, and then into the index, never sees what was before an acknowledged change.
/// </summary>
internal sealed class DirtyTokens
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<(ChangeKind Kind, Guid Id), long> _marks = new();
    private long _version;
    private int _count;

    /// <summary>The common case, in one read.</summary>
    public bool None => Volatile.Read(ref _count) == 0;

    public void Mark(ChangeKind kind, Guid id)
    {
        lock (_lock)
        {
            _marks[(kind, id)] = ++_version;
            Volatile.Write(ref _count, _marks.Count);
        }
    }

    /// <summary>Whether anything that this token's answer depends on waits to be read again; its details are no such thing.</summary>
    public bool Touches(TokenEntry entry) =>
        _marks.ContainsKey((ChangeKind.Token, entry.Id)) || _marks.ContainsKey((ChangeKind.Member, entry.CashierId)) || _marks.ContainsKey((ChangeKind.Tenant, entry.TenantId));

    public IReadOnlyList<KeyValuePair<(ChangeKind Kind, Guid Id), long>> Snapshot() => [.. _marks];

    /// <summary>Clears those marks that nobody has set anew since the snapshot.</summary>
    public void Clear(IEnumerable<KeyValuePair<(ChangeKind Kind, Guid Id), long>> marks)
    {
        lock (_lock)
        {
            foreach (var mark in marks)
                _marks.TryRemove(mark);
            Volatile.Write(ref _count, _marks.Count);
        }
    }
}
