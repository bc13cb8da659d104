using System.Data.Common;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>Notes which clients pad with MGF1-SHA-1: whoever has to mend them needs to know where they are.</summary>
public sealed class Mgf1Clients(ConsoleDb db, WriteQueue queue, TimeProvider time)
{
    /// <summary>A client may call itself what it likes; the one not seen for longest makes room.</summary>
    public const int Most = 50;

    private const string Nameless = "(unnamed client)";

    /// <summary>Counts so many fields of a client, in a transaction of its own.</summary>
    public async Task NoteAsync(Guid tenantId, string? name, int fields, CancellationToken cancellationToken)
    {
        if (fields == 0)
            return;
        var client = PlainText.ForStorage(name ?? "", Mgf1Client.LongestName).Trim() is { Length: > 0 } named ? named : Nameless;
        await using var context = db.Open(tenantId);
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        if (await TryCountAsync(context, client, fields, cancellationToken))
            return;
        try
        {
            await MakeRoomAsync(context, cancellationToken);
            var now = time.GetUtcNow();
            context.Add(new Mgf1Client { TenantId = tenantId, Name = client, FirstSeenAt = now, LastSeenAt = now, Fields = fields });
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && context.Dialect.IsUniqueViolation(inner))
        {
            await TryCountAsync(context, client, fields, cancellationToken);
        }
    }

    private async Task<bool> TryCountAsync(ConsoleDbContext context, string client, int fields, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await context.Set<Mgf1Client>().Where(row => row.Name == client)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Fields, row => row.Fields + fields).SetProperty(row => row.LastSeenAt, now), cancellationToken) == 1;
    }

    private static async Task MakeRoomAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        // All there are: never many more than fifty, of which the last ones go.
        var names = await context.Set<Mgf1Client>().OrderByDescending(row => row.LastSeenAt).ThenBy(row => row.Name).Select(row => row.Name).ToListAsync(cancellationToken);
        if (names.Count < Most)
            return;
        var over = names[(Most - 1)..];
        await context.Set<Mgf1Client>().Where(row => over.Contains(row.Name)).ExecuteDeleteAsync(cancellationToken);
    }
}
