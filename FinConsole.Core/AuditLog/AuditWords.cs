using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace FinConsole.Core.AuditLog;

/// <summary>What an entry's metadata calls its fields and the values of enums. Entries, exports and other people's programs hold them: they never change.</summary>
internal static class AuditWords
{
    private static readonly FrozenDictionary<AuditField, string> Fields = new Dictionary<AuditField, string>
    {
        [AuditField.Name] = "name",
        [AuditField.Email] = "email",
        [AuditField.Environment] = "environment",
        [AuditField.Scopes] = "scopes",
        [AuditField.Allowlist] = "allowlist",
        [AuditField.Holder] = "holder",
        [AuditField.Cashier] = "cashier",
        [AuditField.Expiry] = "expiry",
        [AuditField.ExpiresAt] = "expiresAt",
        [AuditField.Masked] = "masked",
        [AuditField.Overlap] = "overlap",
        [AuditField.OverlapEndsAt] = "overlapEndsAt",
        [AuditField.Predecessor] = "predecessor",
        [AuditField.Reason] = "reason",
        [AuditField.Comment] = "comment",
        [AuditField.Role] = "role",
        [AuditField.Right] = "right",
        [AuditField.TimeZone] = "timeZone",
        [AuditField.Theme] = "theme",
        [AuditField.Device] = "device",
        [AuditField.Count] = "count",
        [AuditField.Size] = "size",
        [AuditField.Head] = "head",
        [AuditField.FirstBad] = "firstBad",
        [AuditField.Fingerprint] = "fingerprint",
        [AuditField.Domain] = "domain",
        [AuditField.DaysLeft] = "daysLeft",
        [AuditField.PreviousAddress] = "previousAddress",
        [AuditField.Method] = "method",
        [AuditField.CodesLeft] = "codesLeft",
        [AuditField.PreviousKey] = "previousKey",
        [AuditField.DecryptUntil] = "decryptUntil",
        [AuditField.RequireMfa] = "requireMfa",
        [AuditField.DecryptOnlyHours] = "decryptOnlyHours",
        [AuditField.PrivateKeyExport] = "privateKeyExport",
        [AuditField.Query] = "query",
        [AuditField.Format] = "format",
        [AuditField.Mark] = "mark",
        [AuditField.Sessions] = "sessions",
        [AuditField.Before] = "before",
        [AuditField.RiskMedium] = "riskMedium",
        [AuditField.RiskHigh] = "riskHigh",
        [AuditField.RiskWeights] = "riskWeights",
        [AuditField.SessionIdleMinutes] = "sessionIdleMinutes",
        [AuditField.SessionHours] = "sessionHours",
        [AuditField.RotateDevelopmentDays] = "rotateDevelopmentDays",
        [AuditField.RotateStagingDays] = "rotateStagingDays",
        [AuditField.RotateProductionDays] = "rotateProductionDays",
        [AuditField.RotateEncryptionKeyDays] = "rotateEncryptionKeyDays",
        [AuditField.LoginHistoryDays] = "loginHistoryDays",
        [AuditField.Kind] = "kind",
        [AuditField.AllowMgf1Sha1] = "allowMgf1Sha1",
        [AuditField.Failed] = "failed",
        [AuditField.Hour] = "hour",
        [AuditField.RequireEncryptedSecrets] = "requireEncryptedSecrets",
        [AuditField.ChecklistDismissed] = "checklistDismissed",
        [AuditField.List] = "list",
        [AuditField.Shared] = "shared",
    }.ToFrozenDictionary();

    private static readonly ConcurrentDictionary<Type, FrozenDictionary<Enum, string>> Values = new();

    /// <summary>The field's name.</summary>
    public static string Of(AuditField field) => Fields[field];

    /// <summary>The value's word, which <see cref="JsonStringEnumMemberNameAttribute"/> states beside it.</summary>
    /// <exception cref="KeyNotFoundException">It states none.</exception>
    public static string Of(Enum value) => Values.GetOrAdd(value.GetType(), Read)[value];

    private static FrozenDictionary<Enum, string> Read(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(member => (Value: (Enum)member.GetValue(null)!, member.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name))
            .Where(member => member.Name is not null).ToFrozenDictionary(member => member.Value, member => member.Name!);
}
