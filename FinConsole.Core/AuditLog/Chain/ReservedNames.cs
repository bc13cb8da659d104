namespace FinConsole.Core.AuditLog.Chain;

/// <summary>What reports of verification call things that are no tenant's log: a tenant of that name could pass for them.</summary>
internal static class ReservedNames
{
    public const string Operator = "operator";

    public const string Tables = "tables";

    public const string Pepper = "pepper";

    public const string KeyRing = "keyring";

    public const string SigningKeys = "signingkeys";

    /// <param name="key">A name in small letters.</param>
    public static bool Contains(string key) => key is Operator or Tables or Pepper or KeyRing or SigningKeys;
}
