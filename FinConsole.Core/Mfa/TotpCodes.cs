using System.Security.Cryptography;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Mfa;

/// <summary>Keeps authenticators' secrets, and accepts each code once.</summary>
public sealed class TotpCodes(RecordProtector protector)
{
    private const string ProtectedKind = "totp";

    internal byte[] Protect(Guid tenantId, Guid credentialId, TotpSecret secret) => protector.Protect(ProtectedKind, tenantId, credentialId, secret.Bytes);

    internal TotpSecret Unprotect(TotpCredential credential) => new(protector.Unprotect(ProtectedKind, credential.TenantId, credential.Id, credential.Secret));

    /// <summary>
    /// Spends a code of the member's authenticator: its time step becomes the last one by compare-and-set, so that of two tries with
    /// one code, however close, one succeeds (RFC 6238 §5.2). False for a wrong code, an old one, or a member without authenticator.
    /// </summary>
    internal async Task<bool> TrySpendAsync(ConsoleDbContext context, Guid memberId, Secret code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var credential = await context.Set<TotpCredential>().AsNoTracking().SingleOrDefaultAsync(row => row.MemberId == memberId && row.Confirmed, cancellationToken);
        if (credential is null || FindStep(credential, code, now) is not { } step)
            return false;
        return await context.Set<TotpCredential>().Where(row => row.Id == credential.Id && row.Confirmed && row.LastStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastStep, step), cancellationToken) == 1;
    }

    /// <summary>The unspent time step whose code this is; null when it is none's.</summary>
    internal long? FindStep(TotpCredential credential, Secret code, DateTimeOffset now)
    {
        var secret = Unprotect(credential).Bytes;
        var step = Totp.FindStep(secret, Digits(code), now, credential.LastStep);
        CryptographicOperations.ZeroMemory(secret);
        return step;
    }

    // Apps show "123 456".
    private static string Digits(Secret code) => code.Reveal().Length > 4 * Totp.Digits ? "" : string.Concat(code.Reveal().Where(character => !char.IsWhiteSpace(character)));
}
