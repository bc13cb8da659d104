using System.Text.Json;

namespace FinConsole.Web.Hosting.Api;

/// <summary>What Core's use cases call a field, as the API's bodies call it.</summary>
internal static class FieldNames
{
    private static readonly Dictionary<string, string> Nested = new(StringComparer.Ordinal)
    {
        ["CashierCredentials"] = "cashier",
        ["CashierEmail"] = "cashier.email",
        ["CashierPassword"] = "cashier.password",
        ["CashierCode"] = "cashier.totp",
    };

    public static string Of(string field) => Nested.TryGetValue(field, out var name) ? name : JsonNamingPolicy.CamelCase.ConvertName(field);
}
