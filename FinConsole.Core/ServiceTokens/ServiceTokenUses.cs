using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ServiceTokens;

/// <summary>When service tokens were last used: noted in memory with every request, written down once a minute.</summary>
public sealed class ServiceTokenUses(ConsoleDb db, WriteQueue queue)
{
    private readonly ConcurrentDictionary<Guid, StrongBox<long>> _latest = new();

    internal void Note(Guid id, DateTimeOffset at) => Volatile.Write(ref _latest.GetOrAdd(id, static _ => new StrongBox<long>()).Value, at.UtcTicks);

    /// <summary>Writes what was noted. Forward only: another instance may have seen a token later. What fails to be written is tried again.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, box) in _latest)
        {
            var ticks = Volatile.Read(ref box.Value);
            var at = new DateTimeOffset(ticks, TimeSpan.Zero);
            await using var context = db.OpenForOperator();
            using (await queue.EnterAsync(context.Dialect, cancellationToken))
            {
                await context.Set<ServiceToken>().Where(token => token.Id == id && (token.LastUsedAt == null || token.LastUsedAt < at))
                    .ExecuteUpdateAsync(set => set.SetProperty(token => token.LastUsedAt, at), cancellationToken);
            }

            // Used meanwhile, it stays for the next time.
            if (Volatile.Read(ref box.Value) == ticks)
                _latest.TryRemove(new KeyValuePair<Guid, StrongBox<long>>(id, box));
        }
    }
}
