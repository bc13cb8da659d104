using System.Globalization;

namespace FinConsole.Web.Hosting.Api;

/// <summary>
/// The one spelling of ids in requests and responses: UUIDs as RFC 9562 writes them, 8-4-4-4-12 hexadecimal digits, in either letter case. The framework's own
/// readers also take them without hyphens, and in braces or parentheses.
/// </summary>
internal static class IdText
{
    // The framework drops spaces around it.
    private const int Length = 36;

    public static bool TryParse(string? text, out Guid id) => Guid.TryParseExact(text, "D", out id) && text!.Length == Length;

    /// <summary>Stands in routes as <c>guid</c>, in the place of the framework's.</summary>
    internal sealed class RouteConstraint : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            values.TryGetValue(routeKey, out var value) && (value is Guid || TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), out _));
    }
}
