using System.Globalization;
using System.Text;
using System.Text.Json;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Members;
using FinConsole.Web.Components.Shared;

namespace FinConsole.Web.Audit;

/// <summary>An entry's metadata in people's words. It is JSON of our own making; what it holds is shown as text, never as markup.</summary>
internal sealed class AuditFacts
{
    private const string Nothing = "–";

    // What the program itself names in one word: "TenantAdmin", "NoLongerNeeded", "Months3".
    private static readonly HashSet<string> Words = ["role", "environment", "reason", "expiry", "overlap", "right", "theme", "mark", "format", "method", "list"];

    private readonly AuditAction _action;
    private readonly UserClock _clock;

    public AuditFacts(AuditRow entry, UserClock clock)
    {
        (_action, _clock) = (entry.Action, clock);
        using var metadata = Parse(entry.Metadata);
        var root = metadata.RootElement;
        Facts = [.. root.EnumerateObject().Where(field => field.Name != "changes").Select(field => (Label(field.Name), Show(field.Name, field.Value)))];
        Changes = root.TryGetProperty("changes", out var changes)
            ? [.. changes.EnumerateObject().Select(field => (Label(field.Name), Show(field.Name, field.Value.GetProperty("before")), Show(field.Name, field.Value.GetProperty("after"))))]
            : [];
    }

    public IReadOnlyList<(string Field, string Value)> Facts { get; }

    public IReadOnlyList<(string Field, string Before, string After)> Changes { get; }

    /// <summary>"overlapEndsAt" reads "Overlap ends at", "TenantAdmin" "Tenant admin", "Months3" "3 months".</summary>
    internal static string Spaced(string name)
    {
        if (name.Length > 1 && char.IsAsciiDigit(name[^1]) && name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is { Length: > 0 } unit)
        {
            var number = name[unit.Length..];
            return $"{number} {(number == "1" ? unit.TrimEnd('s') : unit).ToLowerInvariant()}";
        }

        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append(' ').Append(char.ToLowerInvariant(letter));
            else
                text.Append(text.Length == 0 ? char.ToUpperInvariant(letter) : letter);
        }

        return text.ToString().Replace(" mfa", " MFA", StringComparison.Ordinal);
    }

    // Somebody may have written into the database by hand: that it is no JSON is itself worth seeing.
    private static JsonDocument Parse(string metadata)
    {
        try
        {
            var parsed = JsonDocument.Parse(metadata);
            if (parsed.RootElement.ValueKind == JsonValueKind.Object)
                return parsed;
            parsed.Dispose();
        }
        catch (JsonException)
        {
            // As text, below.
        }

        return JsonDocument.Parse(JsonSerializer.Serialize(new { metadata }));
    }

    private string Label(string name) => (name, _action) switch
    {
        ("count", AuditAction.AuditVerify) => AuditTexts.FieldChecked,
        ("count", AuditAction.LoginPrune) => AuditTexts.FieldPruned,
        ("count", AuditAction.MfaEnrol or AuditAction.MfaRecoveryCodes) => AuditTexts.FieldCodes,
        ("count", AuditAction.TokenRemind) => AuditTexts.FieldEmails,
        ("count", AuditAction.TokenRefuse) => AuditTexts.FieldRefusals,
        ("count", _) or ("sessions", _) => AuditTexts.FieldSessions,
        ("size", AuditAction.AuditCheckpoint) => AuditTexts.FieldEntries,
        ("size", _) => AuditTexts.FieldBits,
        ("before", _) => AuditTexts.FieldOlderThan,
        ("masked", _) => AuditTexts.FieldMasked,
        ("firstBad", _) => AuditTexts.FieldFirstBad,
        ("head", _) => AuditTexts.FieldHead,
        ("query", _) => AuditTexts.FieldQuery,
        ("hour", _) => AuditTexts.FieldHour,
        _ => Spaced(name),
    };

    private string Show(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => Nothing,
        JsonValueKind.True => AuditTexts.Yes,
        JsonValueKind.False => AuditTexts.No,
        JsonValueKind.Array when value.GetArrayLength() == 0 => Nothing,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => Show(name, item))),
        JsonValueKind.Number when value.TryGetInt64(out var number) => number.ToString("N0", CultureInfo.InvariantCulture),
        JsonValueKind.String => Show(name, value.GetString()!),
        _ => value.GetRawText(),
    };

    private string Show(string name, string text)
    {
        if (text.Length == 0)
            return Nothing;
        if (name == "format")
            return text.ToUpperInvariant();
        if (name == "role" && Enum.TryParse<Role>(text, out var role) && Enum.IsDefined(role))
            return role.DisplayName();
        if (Words.Contains(name) && char.IsAsciiLetterUpper(text[0]) && text.All(char.IsAsciiLetterOrDigit))
            return Spaced(text);
        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? _clock.Second(at) : text;
    }
}
