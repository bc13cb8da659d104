using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>Counts the uses of keys.</summary>
internal static class KeyUse
{
    /// <summary>Counts so many uses of a key that may still decrypt; false when it was rotated away in this very moment.</summary>
    public static async Task<bool> TryCountAsync(ConsoleDbContext context, Guid keyId, int uses, DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.Set<EncryptionKey>()
            .Where(key => key.Id == keyId && key.PrivateKey != null && (key.EndedAt == null || key.DecryptUntil > now))
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.UseCount, key => key.UseCount + uses).SetProperty(key => key.LastUsedAt, now), cancellationToken) == 1;
}
