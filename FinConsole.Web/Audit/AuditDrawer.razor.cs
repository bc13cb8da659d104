using System.Text.Json;
using FinConsole.Core.Audit.Listing;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Audit;

/// <summary>One entry, whole. Its metadata is JSON of our own making; what it holds is shown as text, never as markup.</summary>
public sealed partial class AuditDrawer
{
    private List<(string Field, string Before, string After)> _changes = [];
    private List<(string Field, string Value)> _facts = [];

    [Parameter, EditorRequired]
    public AuditRow Entry { get; set; } = default!;

    [Parameter]
    public EventCallback OnClose { get; set; }

    protected override void OnParametersSet()
    {
        using var metadata = JsonDocument.Parse(Entry.Metadata);
        var root = metadata.RootElement;
        _facts = [.. root.EnumerateObject().Where(field => field.Name != "changes").Select(field => (Words(field.Name), Show(field.Value)))];
        _changes = root.TryGetProperty("changes", out var changes)
            ? [.. changes.EnumerateObject().Select(field => (Words(field.Name), Show(field.Value.GetProperty("before")), Show(field.Value.GetProperty("after"))))]
            : [];
    }

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "–",
        JsonValueKind.Array when value.GetArrayLength() == 0 => "–",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Show)),
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : "–",
        _ => value.GetRawText(),
    };

    // "overlapEndsAt" reads "Overlap ends at", "requireMfa" "Require MFA".
    private static string Words(string name)
    {
        var spaced = string.Concat(name.Select(letter => char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString()));
        return char.ToUpperInvariant(spaced[0]) + spaced[1..].Replace(" mfa", " MFA", StringComparison.Ordinal);
    }
}
