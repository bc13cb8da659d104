using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FinConsole.Core.Audit.Checkpoints;

/// <summary>
/// A signed statement of how long a tenant's chain was and which link it ended with. Kept elsewhere, it reveals a rewritten past
/// and a truncated tail, which the database alone cannot. Signed with ECDSA P-256 over SHA-256 (IEEE P1363 form).
/// </summary>
/// <param name="TenantId">Whose chain.</param>
/// <param name="Size">How many entries it had.</param>
/// <param name="Head">The last entry's link, 64 hex digits, lower case.</param>
/// <param name="At">When it was made, UTC.</param>
/// <param name="KeyId">Which signing key.</param>
/// <param name="PublicKey">That key's public part, SubjectPublicKeyInfo in Base64. Trust it only if it is the one you noted before.</param>
/// <param name="Signature">Base64.</param>
public sealed record AuditCheckpoint(Guid TenantId, long Size, string Head, DateTimeOffset At, Guid KeyId, string PublicKey, string Signature)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The bytes that the signature covers.</summary>
    public byte[] SignedBytes() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"finconsole-checkpoint-v1\n{TenantId:D}\n{Size}\n{Head}\n{At.UtcTicks}\n{KeyId:D}\n"));

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads a checkpoint file; null when it is not one.</summary>
    public static AuditCheckpoint? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditCheckpoint>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
