using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Policies;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>
/// Encryption can be demanded only where there is a key to encrypt with. Every tenant gets one when it is founded; where a restored or
/// repaired database lacks it, the demand would lock every program out, and a policy page is no place to make keys without a word.
/// </summary>
internal sealed class EncryptionNeedsKey : IPolicyCondition
{
    public async Task<Error?> CheckAsync(ConsoleDbContext context, PolicySettings before, PolicySettings after, CancellationToken cancellationToken)
    {
        if (before.RequireEncryptedSecrets || !after.RequireEncryptedSecrets)
            return null;
        if (await context.Set<EncryptionKey>().AnyAsync(key => key.EndedAt == null, cancellationToken))
            return null;
        return Error.Invalid(new Dictionary<string, string> { [nameof(PolicySettings.RequireEncryptedSecrets)] = EncryptionKeyErrorTexts.KeyNeeded });
    }
}
