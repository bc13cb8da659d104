using System.Collections.Concurrent;
using FinConsole.Core.Data.Changes;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>The tenants and cashiers that tokens hang on, one object each for all of their tokens.</summary>
internal sealed class TokenOwners
{
    private readonly ConcurrentDictionary<(ChangeKind Kind, Guid Id), TokenOwner> _all = new();
    private readonly ConcurrentDictionary<(ChangeKind Kind, Guid Id), byte> _unsettled = new();

    /// <summary>The owner; closed until it was read.</summary>
    public TokenOwner Find(ChangeKind kind, Guid id) => _all.TryGetValue((kind, id), out var known) ? known : Add(kind, id);

    /// <summary>Opens those that are open and closes the others: all of the kind, or those that were asked about.</summary>
    public void Settle(ChangeKind kind, IReadOnlySet<Guid> open, IReadOnlyCollection<Guid>? asked = null)
    {
        foreach (var id in asked ?? [.. _all.Keys.Where(key => key.Kind == kind).Select(key => key.Id)])
        {
            if (_all.TryGetValue((kind, id), out var owner))
                owner.Open = open.Contains(id);
            _unsettled.TryRemove((kind, id), out _);
        }
    }

    /// <summary>Those that nobody has asked the database about yet.</summary>
    public IReadOnlyList<(ChangeKind Kind, IReadOnlyCollection<Guid> Ids)> Unsettled() =>
        [.. _unsettled.Keys.GroupBy(key => key.Kind, key => key.Id).Select(group => (group.Key, (IReadOnlyCollection<Guid>)[.. group]))];

    private TokenOwner Add(ChangeKind kind, Guid id)
    {
        var owner = _all.GetOrAdd((kind, id), new TokenOwner(id));
        _unsettled[(kind, id)] = 0;
        return owner;
    }
}
