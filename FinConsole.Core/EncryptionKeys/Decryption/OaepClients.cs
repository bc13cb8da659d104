using System.Collections.Concurrent;
using System.Data.Common;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>Who sent ciphertexts: what a client is known by, and what was last seen of it.</summary>
/// <param name="Name">A service token's name, or a user agent; may be anything.</param>
/// <param name="Account">Whose program it is; null for a service.</param>
public sealed record OaepSending(Guid TenantId, OaepSender Sender, string? Name, string? Account, string? Ip)
{
    private const string Nameless = "(unnamed client)";

    internal static OaepSending ByService(Guid tenantId, Actor actor) => new(tenantId, OaepSender.Service, actor.Name, null, actor.Origin.Ip);

    internal static OaepSending ByMember(Actor actor) => new(actor.TenantId, OaepSender.Member, actor.Origin.UserAgent, actor.Name, actor.Origin.Ip);

    /// <summary>As it is stored.</summary>
    internal OaepSending Fit() => this with
    {
        Name = PlainText.ForStorage(Name ?? "", OaepClient.LongestName).Trim() is { Length: > 0 } named ? named : Nameless,
        Account = Account is null ? null : PlainText.ForStorage(Account, ConsoleUser.LongestEmail),
    };
}

/// <summary>
/// Notes which clients encrypt with other digests than the guide's: whoever has to fix them needs to know where they are. The rows
/// of a tenant are bounded, and those that anybody can cause push none of the others out.
/// </summary>
public sealed class OaepClients(ConsoleDb db, WriteQueue queue, TimeProvider time)
{
    /// <summary>A client may call itself what it likes; the one not seen for longest makes room.</summary>
    public const int Most = 50;

    /// <summary>The same for clients that did not get in.</summary>
    public const int MostUnproven = 10;

    private const int MostPending = 200;

    private readonly ConcurrentDictionary<(OaepSending Sending, OaepDigests Digests), int> _pending = new();

    /// <summary>Counts the fields that a client sent, by their digests; those of the guide, and what was not recognized, are left out.</summary>
    internal async Task NoteAsync(OaepSending sending, IEnumerable<OaepDigests?> fields, CancellationToken cancellationToken)
    {
        foreach (var group in fields.OfType<OaepDigests>().Where(digests => digests != OaepDigests.Standard).GroupBy(digests => digests))
            await NoteAsync(sending.Fit(), group.Key, group.Count(), cancellationToken);
    }

    /// <summary>
    /// The same for a sign-in that failed: written later by <see cref="FlushAsync"/>, since a write for known digests alone would
    /// tell by its time whose member an address is. What is pending is lost with the process, and bounded.
    /// </summary>
    internal void NoteLater(OaepSending sending, OaepDigests digests)
    {
        var key = (sending.Fit(), digests);
        if (digests == OaepDigests.Standard)
            return;
        if (_pending.Count < MostPending || _pending.ContainsKey(key))
            _pending.AddOrUpdate(key, 1, (_, count) => count + 1);
    }

    /// <summary>Writes what is pending.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var key in _pending.Keys)
        {
            if (_pending.TryRemove(key, out var count))
                await NoteAsync(key.Sending, key.Digests, count, cancellationToken);
        }
    }

    private async Task NoteAsync(OaepSending sending, OaepDigests digests, int fields, CancellationToken cancellationToken)
    {
        await using var context = db.Open(sending.TenantId);
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        if (await TryCountAsync(context, sending, digests, fields, cancellationToken))
            return;
        try
        {
            await MakeRoomAsync(context, sending.Sender, cancellationToken);
            var now = time.GetUtcNow();
            context.Add(new OaepClient
            {
                TenantId = sending.TenantId,
                Sender = sending.Sender,
                Name = sending.Name!,
                Hash = digests.Hash,
                Mgf1 = digests.Mgf1,
                Account = sending.Account,
                Ip = sending.Ip,
                FirstSeenAt = now,
                LastSeenAt = now,
                Fields = fields,
            });
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && context.Dialect.IsUniqueViolation(inner))
        {
            await TryCountAsync(context, sending, digests, fields, cancellationToken);
        }
    }

    private async Task<bool> TryCountAsync(ConsoleDbContext context, OaepSending sending, OaepDigests digests, int fields, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await context.Set<OaepClient>()
            .Where(row => row.Sender == sending.Sender && row.Name == sending.Name && row.Hash == digests.Hash && row.Mgf1 == digests.Mgf1)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Fields, row => row.Fields + fields).SetProperty(row => row.LastSeenAt, now)
                    .SetProperty(row => row.Account, sending.Account).SetProperty(row => row.Ip, sending.Ip),
                cancellationToken) == 1;
    }

    // Those who got in and those who did not are bounded separately.
    private static async Task MakeRoomAsync(ConsoleDbContext context, OaepSender sender, CancellationToken cancellationToken)
    {
        var unproven = sender == OaepSender.SignIn;
        var most = unproven ? MostUnproven : Most;
        // All there are: never many more than fifty, of which the last ones go.
        var rows = await context.Set<OaepClient>().Where(row => (row.Sender == OaepSender.SignIn) == unproven)
            .OrderByDescending(row => row.LastSeenAt).ThenBy(row => row.Name).ToListAsync(cancellationToken);
        context.RemoveRange(rows.Skip(most - 1));
    }
}
