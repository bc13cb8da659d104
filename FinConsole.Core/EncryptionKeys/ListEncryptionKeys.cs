using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>One key of the history.</summary>
/// <param name="CreatedBy">Who rotated to it, by address; null for the pair that onboarding made.</param>
/// <param name="EndedBy">Who rotated away from it, by the address they had then.</param>
/// <param name="DecryptUntil">Until when it still decrypts; null when it does not, or no more.</param>
public sealed record EncryptionKeyRow(
    Guid KeyId, int Size, string Fingerprint, DateTimeOffset CreatedAt, string? CreatedBy, long UseCount,
    DateTimeOffset? EndedAt, string? EndedBy, RotationReason? EndReason, string? EndComment, DateTimeOffset? DecryptUntil);

/// <summary>Every key that the tenant ever had, the newest first, by keyset.</summary>
public sealed class ListEncryptionKeys(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    private const int LargestPage = 100;

    /// <param name="cursor">From <see cref="Page{T}.NextCursor"/>; null for the first page.</param>
    /// <param name="limit">1 to 100.</param>
    public async Task<Result<Page<EncryptionKeyRow>>> HandleAsync(string? cursor, int limit, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadEncryptionKeys, KeyFacts.AnySubject, cancellationToken) is { } refusal)
            return refusal;

        var now = time.GetUtcNow();
        var size = Math.Clamp(limit, 1, LargestPage);
        await using var context = db.Open(actor.TenantId);
        var keys = await After(context.Set<EncryptionKey>().AsNoTracking(), Cursor.Parse(cursor))
            .OrderByDescending(key => key.CreatedAt).ThenByDescending(key => key.Id)
            .Select(key => new
            {
                key.PublicKey,
                Row = new EncryptionKeyRow(
                    key.Id, key.Size, "", key.CreatedAt, key.CreatedBy, key.UseCount, key.EndedAt, key.EndedBy, key.EndReason, key.EndComment,
                    key.PrivateKey != null && key.DecryptUntil > now ? key.DecryptUntil : null),
            })
            .Take(size + 1)
            .ToListAsync(cancellationToken);
        var rows = keys.ConvertAll(key => key.Row with { Fingerprint = KeyFacts.FingerprintOf(key.PublicKey) });
        return Page<EncryptionKeyRow>.Of(rows, size, row => new Cursor(row.CreatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture), row.KeyId.ToString()));
    }

    private static IQueryable<EncryptionKey> After(IQueryable<EncryptionKey> keys, Cursor? cursor)
    {
        if (cursor is not { } last || !Guid.TryParse(last.Id, out var id) || !long.TryParse(last.Key, CultureInfo.InvariantCulture, out var ticks)
            || ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return keys;
        var time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return keys.Where(key => key.CreatedAt < time || (key.CreatedAt == time && key.Id.CompareTo(id) < 0));
    }
}
