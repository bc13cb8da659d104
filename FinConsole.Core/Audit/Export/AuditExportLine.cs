using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FinConsole.Core.Audit.Export;

/// <summary>
/// One line of a full export in NDJSON, as it is read back: all that an entry's link covers, and the link. Times have seven digits, words are
/// those of the search, metadata stands as it was written. Another spelling of the same value is no line of an export: the program writes one.
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

    /// <summary>The entry of a line; null when the line is none.</summary>
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
