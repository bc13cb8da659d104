using System.Text.Json.Nodes;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>The fields of the API that take a password or a code.</summary>
internal static class SecretFields
{
    public const string Either = "Plaintext, unless the tenant's policy demands encryption, or encrypted with the tenant's current key (RSA-OAEP-256, Base64).";
    public const string EncryptedOnly = "Encrypted with the tenant's current key (RSA-OAEP-256, Base64); plaintext is refused.";

    /// <summary>Every field of a request that holds a password or a code, and what its description ends with.</summary>
    public static readonly Dictionary<(string Route, string Field), string> All = new()
    {
        [("post /api/v1/auth/login", "password")] = Either,
        [("post /api/v1/auth/login", "totp")] = Either,
        [("post /api/v1/tokens", "cashier.password")] = Either,
        [("post /api/v1/tokens", "cashier.totp")] = Either,
        [("post /api/v1/tokens/{id}/rotate", "cashier.password")] = Either,
        [("post /api/v1/tokens/{id}/rotate", "cashier.totp")] = Either,
        [("post /api/v1/me/mfa", "password")] = Either,
        [("post /api/v1/me/mfa", "totp")] = Either,
        [("post /api/v1/me/mfa/confirm", "code")] = Either,
        [("delete /api/v1/me/mfa", "password")] = Either,
        [("delete /api/v1/me/mfa", "code")] = Either,
        [("post /user/mfa/enable", "password")] = Either,
        [("post /user/mfa/enable", "totp")] = Either,
        [("post /api/v1/encryption-keys/rotate", "password")] = EncryptedOnly,
        [("post /api/v1/encryption-keys/rotate", "totp")] = EncryptedOnly,
        [("post /api/v1/me/password", "currentPassword")] = EncryptedOnly,
        [("post /api/v1/me/password", "newPassword")] = EncryptedOnly,
    };

    /// <summary>Finds such fields in a schema, whose references are followed.</summary>
    public static void Collect(JsonNode root, JsonNode schema, string prefix, Action<string, string?> found)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            Collect(root, reference[2..].Split('/').Aggregate(root, (node, name) => node[name]!), prefix, found);
            return;
        }

        foreach (var choice in schema["oneOf"]?.AsArray() ?? [])
            Collect(root, choice!, prefix, found);
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            if (name is "password" or "totp" or "code" or "currentPassword" or "newPassword")
                found(prefix + name, property!["description"]?.GetValue<string>());
            else
                Collect(root, property!, $"{prefix}{name}.", found);
        }
    }
}
