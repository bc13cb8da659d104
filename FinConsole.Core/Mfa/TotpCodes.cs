using System.Security.Cryptography;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Mfa;

/// <summary>A code that belongs to a time step of an authenticator, and is not spent yet.</summary>
internal sealed record TotpClaim(Guid CredentialId, long Step);

/// <summary>Keeps authenticators' secrets, and accepts each code once.</summary>
/// <remarks>
/// Encrypting and decrypting come before a transaction, never within: the Data Protection ring may have to make a key meanwhile,
/// and on a database that takes one writer at a time that would wait for the transaction that waits for it.
/// </remarks>
public sealed partial class TotpCodes(RecordProtector protector, ILogger<TotpCodes> logger)
{
    private const string ProtectedKind = "totp";

    // Apps show "123 456", and mathematical digits take two units each.
    private const int LongestTyped = 6 * Totp.Digits;

    internal byte[] Protect(Guid tenantId, Guid credentialId, TotpSecret secret) => protector.Protect(ProtectedKind, tenantId, credentialId, secret.Bytes);

    internal TotpSecret Unprotect(TotpCredential credential) => new(protector.Unprotect(ProtectedKind, credential.TenantId, credential.Id, credential.Secret));

    /// <summary>The time step of the member's authenticator in force whose code this is; null for a wrong or spent code, or a member without one.</summary>
    internal async Task<TotpClaim?> FindAsync(ConsoleDbContext context, Guid memberId, Secret code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var credential = await context.Set<TotpCredential>().AsNoTracking().SingleOrDefaultAsync(row => row.MemberId == memberId && row.Confirmed, cancellationToken);
        return credential is null ? null : Find(credential, code, now);
    }

    /// <summary>The same for one authenticator.</summary>
    internal TotpClaim? Find(TotpCredential credential, Secret code, DateTimeOffset now)
    {
        if (TryUnprotect(credential)?.Bytes is not { } secret)
            return null;
        var step = Totp.FindStep(secret, TypedCode.Compact(code, LongestTyped), now, credential.LastStep);
        CryptographicOperations.ZeroMemory(secret);
        return step is null ? null : new TotpClaim(credential.Id, step.Value);
    }

    /// <summary>
    /// Spends a code: its time step becomes the last one by compare-and-set, so that of two tries with one code, however close, one
    /// succeeds (RFC 6238 §5.2).
    /// </summary>
    internal static async Task<bool> TrySpendAsync(ConsoleDbContext context, TotpClaim claim, CancellationToken cancellationToken) =>
        await context.Set<TotpCredential>().Where(row => row.Id == claim.CredentialId && row.Confirmed && row.LastStep < claim.Step)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastStep, claim.Step), cancellationToken) == 1;

    // A secret that was altered in the database, or moved there from another row, has no codes. Whoever signs in is refused as for a wrong one.
    private TotpSecret? TryUnprotect(TotpCredential credential)
    {
        try
        {
            return Unprotect(credential);
        }
        catch (CryptographicException failure)
        {
            LogUnreadable(credential.Id, credential.TenantId, failure);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The secret of authenticator {CredentialId} of tenant {TenantId} does not open: it was altered in the database, or moved there from another row, or the key ring has lost its key")]
    private partial void LogUnreadable(Guid credentialId, Guid tenantId, Exception failure);
}
