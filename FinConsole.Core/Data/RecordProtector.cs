using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace FinConsole.Core.Data;

/// <summary>
/// Encrypts single columns (private keys, TOTP secrets) with AES-256-GCM under the Data Protection ring. Tenant, record and
/// version are part of the purpose, which Data Protection authenticates as associated data: a value copied to another row does not open.
/// </summary>
public sealed class RecordProtector(IDataProtectionProvider provider)
{
    private const string Version = "v1";

    public byte[] Protect(string kind, Guid tenantId, Guid recordId, byte[] plaintext) => For(kind, tenantId, recordId).Protect(plaintext);

    /// <exception cref="CryptographicException">Another record's value, a damaged one, or the ring is not the one it was made under.</exception>
    public byte[] Unprotect(string kind, Guid tenantId, Guid recordId, byte[] ciphertext) => For(kind, tenantId, recordId).Unprotect(ciphertext);

    private IDataProtector For(string kind, Guid tenantId, Guid recordId) =>
        provider.CreateProtector("FinConsole.Record", kind, tenantId.ToString("D"), recordId.ToString("D"), Version);
}
