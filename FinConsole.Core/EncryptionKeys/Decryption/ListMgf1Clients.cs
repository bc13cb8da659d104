using FinConsole.Core.Audit;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>A client that pads with MGF1-SHA-1.</summary>
/// <param name="Name">A service token's name, or what the client calls itself.</param>
/// <param name="Fields">How many fields it sent so.</param>
public sealed record Mgf1ClientRow(string Name, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, long Fields);

/// <summary>Lists the clients that were seen to pad with MGF1-SHA-1 in the last thirty days, the latest first.</summary>
public sealed class ListMgf1Clients(ConsoleDb db, RightsGuard guard, TimeProvider time)
{
    /// <summary>Who has sent none for so long was mended, or is gone.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    public async Task<Result<IReadOnlyList<Mgf1ClientRow>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Right.ReadEncryptionKeys, KeyFacts.AnySubject, cancellationToken) is { } refusal)
            return refusal;
        var since = time.GetUtcNow() - Shown;
        await using var context = db.Open(actor.TenantId);
        return await context.Set<Mgf1Client>().Where(row => row.LastSeenAt >= since).OrderByDescending(row => row.LastSeenAt).ThenBy(row => row.Name)
            .Select(row => new Mgf1ClientRow(row.Name, row.FirstSeenAt, row.LastSeenAt, row.Fields)).Take(Mgf1Clients.Most).ToListAsync(cancellationToken);
    }
}
