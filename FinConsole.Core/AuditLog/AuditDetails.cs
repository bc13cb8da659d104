using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FinConsole.Core.Common;

namespace FinConsole.Core.AuditLog;

/// <summary>The only fields that an entry's metadata may hold. A secret has no name here, and so no way in.</summary>
public enum AuditField
{
    Name,
    Email,
    Environment,
    Scopes,
    Allowlist,
    Holder,
    Cashier,
    Expiry,
    ExpiresAt,
    Masked,
    Overlap,
    OverlapEndsAt,
    Predecessor,
    Reason,
    Comment,
    Role,
    Right,
    TimeZone,
    Theme,
    Device,
    Count,
    Size,
    Head,
    FirstBad,
    Fingerprint,
    Domain,
    DaysLeft,
    PreviousAddress,
    Method,
    CodesLeft,
    PreviousKey,
    DecryptUntil,
    RequireMfa,
    DecryptOnlyHours,
    PrivateKeyExport,
    Query,
    Format,
    Mark,
    Sessions,
    Before,
    RiskMedium,
    RiskHigh,
    RiskWeights,
    SessionIdleMinutes,
    SessionHours,
    RotateDevelopmentDays,
    RotateStagingDays,
    RotateProductionDays,
    RotateEncryptionKeyDays,
    LoginHistoryDays,
    Kind,
    AllowMgf1Sha1,
    Failed,
    Hour,
    RequireEncryptedSecrets,
    ChecklistDismissed,
    List,
    Shared,
}

/// <summary>Builds an entry's metadata: facts, and changes with their value before and after.</summary>
public sealed class AuditDetails
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    private readonly List<(AuditField Field, object? Value)> _facts = [];
    private readonly List<(AuditField Field, object? Before, object? After)> _changes = [];

    /// <summary>True when something differs between before and after.</summary>
    public bool HasChanges => _changes.Count > 0;

    public AuditDetails With(AuditField field, object? value)
    {
        _facts.Add((field, value));
        return this;
    }

    /// <summary>Notes a change; nothing where the two are the same.</summary>
    public AuditDetails Change(AuditField field, object? before, object? after)
    {
        if (!Same(before, after))
            _changes.Add((field, before, after));
        return this;
    }

    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Json))
        {
            writer.WriteStartObject();
            foreach (var (field, value) in _facts)
                Write(writer, field, value);
            if (HasChanges)
                WriteChanges(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteChanges(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("changes");
        foreach (var (field, before, after) in _changes)
        {
            writer.WriteStartObject(AuditWords.Of(field));
            WriteValue(writer, "before", before);
            WriteValue(writer, "after", after);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, AuditField field, object? value) => WriteValue(writer, AuditWords.Of(field), value);

    private static void WriteValue(Utf8JsonWriter writer, string name, object? value)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value switch
        {
            DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            Enum word => AuditWords.Of(word),
            // Search texts and whatever else somebody typed: nothing that opens anything stays in the log for years.
            string text => SecretText.MaskKept(text),
            IEnumerable<string> texts => texts.Select(SecretText.MaskKept),
            null or bool or int or long => value,
            _ => throw new ArgumentException($"Audit metadata holds text, numbers, times and lists of text, not {value.GetType().Name}."),
        });
    }

    private static bool Same(object? before, object? after) => (before, after) switch
    {
        (string, _) or (_, string) => Equals(before, after),
        (IEnumerable<string> old, IEnumerable<string> now) => old.SequenceEqual(now),
        _ => Equals(before, after),
    };
}
