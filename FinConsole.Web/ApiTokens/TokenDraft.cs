using System.Text.Json;

namespace FinConsole.Web.ApiTokens;

/// <summary>A half-typed form, as the browser kept it. It comes from the browser, so anything may stand in it.</summary>
internal sealed record TokenDraft(string? Name, string? Environment, string? Expiry, string? Holder, string? Allowlist, string? CashierEmail, string[]? Scopes)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static TokenDraft? Parse(string? json)
    {
        try
        {
            return string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize<TokenDraft>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
