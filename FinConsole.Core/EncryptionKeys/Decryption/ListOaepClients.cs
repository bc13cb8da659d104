using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>A client that encrypts with other digests than the guide's.</summary>
/// <param name="Name">A service token's name, or what the client calls itself.</param>
/// <param name="Account">Whose program it was when it was last seen; null for a service.</param>
/// <param name="Ip">From where it was last seen.</param>
/// <param name="Decrypted">Whether the policy allows these digests as of now.</param>
/// <param name="Fields">How many fields it sent so.</param>
public sealed record OaepClientRow(
    OaepSender Sender, string Name, string? Account, string? Ip, OaepDigests Digests, bool Decrypted, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt,
    long Fields);

/// <summary>Lists the clients that were seen to encrypt with other digests than the guide's in the last thirty days, the latest first.</summary>
public sealed class ListOaepClients(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    /// <summary>Who has sent none for so long was fixed, or is gone.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    public async Task<Result<IReadOnlyList<OaepClientRow>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadEncryptionKeys, KeyFacts.AnySubject, cancellationToken) is { } refusal)
            return refusal;
        var since = time.GetUtcNow() - Shown;
        await using var context = db.Open(actor.TenantId);
        var allowed = (await TenantPolicy.ReadAsync(context, cancellationToken)).AllowMgf1Sha1;
        var rows = await context.Set<OaepClient>().AsNoTracking().Where(row => row.LastSeenAt >= since)
            .OrderByDescending(row => row.LastSeenAt).ThenBy(row => row.Name).Take(OaepClients.Most + OaepClients.MostUnproven).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => Of(row, allowed));
    }

    private static OaepClientRow Of(OaepClient row, bool allowed)
    {
        var digests = new OaepDigests(row.Hash, row.Mgf1);
        return new OaepClientRow(
            row.Sender, row.Name, row.Account, row.Ip, digests, allowed && digests == OaepDigests.Mgf1Sha1, row.FirstSeenAt, row.LastSeenAt, row.Fields);
    }
}
