using System.Collections.Concurrent;

namespace FinConsole.Tests.Hosting.Faults;

/// <summary>What the server said was done: it must be there whatever happens to the server afterwards.</summary>
internal sealed class Acknowledged
{
    public ConcurrentDictionary<Guid, string> Created { get; } = [];

    /// <summary>Successors.</summary>
    public ConcurrentDictionary<Guid, string> Rotated { get; } = [];

    /// <summary>By whom each is kept now.</summary>
    public ConcurrentDictionary<Guid, string> Edited { get; } = [];

    public ConcurrentDictionary<Guid, string> Invalidated { get; } = [];

    public int Count => Created.Count + Rotated.Count + Edited.Count + Invalidated.Count;
}
