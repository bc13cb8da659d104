using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Policies;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>
/// The one place that decides whether a password or code may come in plaintext: as long as the tenant's policy does not demand
/// encryption. It is asked for the secrets that programs send; what people type into the console's own forms never comes here.
/// </summary>
public sealed class PlaintextRule(ConsoleDb db)
{
    /// <summary>Whether this secret, which is not a ciphertext, has to be refused. Where nothing was sent there is nothing to encrypt.</summary>
    /// <param name="sent">As it came.</param>
    /// <param name="tenantId">Whose member sends it; that of nobody for an unknown account, which costs the same.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<bool> RefusesAsync(Secret sent, Guid tenantId, CancellationToken cancellationToken)
    {
        if (sent.IsEmpty)
            return false;
        await using var context = db.Open(tenantId);
        return (await TenantPolicy.ReadAsync(context, cancellationToken)).RequireEncryptedSecrets;
    }
}
