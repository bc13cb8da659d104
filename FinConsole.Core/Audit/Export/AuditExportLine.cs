using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;

namespace FinConsole.Core.Audit.Export;

/// <summary>
/// One line of a full export in NDJSON, as it is read back: all that an entry's link covers, and the link. Times have seven digits, words are
/// those of the search, metadata stands as it was written. An entry has one line: whatever else says the same was not written by an export.
/// </summary>
internal sealed record AuditExportLine(
    string TenantId, long Sequence, string At, string Action, string ActorKind, string ActorId, string ActorName, string Resource, string? ResourceId, string ResourceName,
    string Result, string? Ip, string? UserAgent, string CorrelationId, JsonElement Metadata, string Link)
{
    /// <summary>How times are written: not a tick is lost.</summary>
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    // As exports are written.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    /// <summary>Whether the line is the entry's, byte for byte.</summary>
    public static bool IsOf(AuditEntry entry, ReadOnlySpan<byte> line)
    {
        var bytes = new ArrayBufferWriter<byte>(line.Length + 16);
        using (var json = new Utf8JsonWriter(bytes, Writing))
            Write(json, entry);
        return bytes.WrittenSpan.SequenceEqual(line);
    }

    /// <summary>The entry that a line states, in whatever spelling; null when it states none.</summary>
    public static AuditEntry? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditExportLine>(line, Json)?.ToEntry();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("tenantId", entry.TenantId);
        json.WriteNumber("sequence", entry.Sequence);
        json.WriteString("at", entry.At.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture));
        json.WriteString("action", entry.Action.Name());
        json.WriteString("actorKind", entry.ActorKind.Name());
        json.WriteString("actorId", entry.ActorId);
        json.WriteString("actorName", entry.ActorName);
        json.WriteString("resource", entry.Resource.Name());
        json.WriteString("resourceId", entry.ResourceId?.ToString("D"));
        json.WriteString("resourceName", entry.ResourceName);
        json.WriteString("result", entry.Result.Name());
        json.WriteString("ip", entry.Ip);
        json.WriteString("userAgent", entry.UserAgent);
        json.WriteString("correlationId", entry.CorrelationId);
        json.WritePropertyName("metadata");
        if (OneLineJson.IsObject(entry.Metadata))
            json.WriteRawValue(entry.Metadata, skipInputValidation: true);
        else
            json.WriteStringValue(entry.Metadata);
        json.WriteString("link", Convert.ToHexStringLower(entry.Link));
        json.WriteEndObject();
    }

    private AuditEntry? ToEntry()
    {
        if (!DateTime.TryParseExact(At, Time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var at)
            || AuditActions.Parse(Action) is not { } action || action.Name() != Action
            || AuditResources.ParseActorKind(ActorKind) is not { } actorKind
            || AuditResources.Parse(Resource) is not { } resource || resource.Name() != Resource
            || AuditResources.ParseResult(Result) is not { } result || result.Name() != Result
            || !TryReadId(TenantId, out var tenantId) || !TryReadId(ActorId, out var actorId)
            || (!TryReadId(ResourceId, out var resourceId) && ResourceId is not null)
            || Link.Length != 64 || Convert.FromHexString(Link) is not { } link || Convert.ToHexStringLower(link) != Link)
        {
            return null;
        }

        return new AuditEntry
        {
            TenantId = tenantId,
            Sequence = Sequence,
            At = new DateTimeOffset(at.Ticks, TimeSpan.Zero),
            Action = action,
            ActorKind = actorKind,
            ActorId = actorId,
            ActorName = ActorName,
            Resource = resource,
            ResourceId = ResourceId is null ? null : resourceId,
            ResourceName = ResourceName,
            Result = result,
            Ip = Ip,
            UserAgent = UserAgent,
            CorrelationId = CorrelationId,
            // Text in the place of an object: what somebody wrote into the database by hand was exported so.
            Metadata = Metadata.ValueKind == JsonValueKind.String ? Metadata.GetString()! : Metadata.GetRawText(),
            Link = link,
        };
    }

    private static bool TryReadId(string? text, out Guid id) => Guid.TryParseExact(text, "D", out id) && id.ToString("D") == text;
}
