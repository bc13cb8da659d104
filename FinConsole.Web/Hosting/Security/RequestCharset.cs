using Microsoft.Net.Http.Headers;

namespace FinConsole.Web.Hosting.Security;

/// <summary>
/// Which character sets of bodies are read. The framework throws on those that it does not know, and on UTF-7; others it would know only if some
/// library registered them, and a filter in front of the program would not read them alike.
/// </summary>
internal static class RequestCharset
{
    private const string Parameter = "charset";

    // ISO-8859-1, which forms of older clients name, for their percent-encoded ASCII.
    private static readonly string[] Read = ["utf-8", "us-ascii", "iso-8859-1"];

    /// <summary>Whether the body is in a character set that is read; true where the content type names none.</summary>
    public static bool IsReadable(HttpRequest request)
    {
        if (request.Headers.ContentType is not { Count: > 0 } sent || !sent.ToString().Contains(Parameter, StringComparison.OrdinalIgnoreCase))
            return true;
        return MediaTypeHeaderValue.TryParse(sent.ToString(), out var type)
            && type.Parameters.Where(parameter => parameter.Name.Equals(Parameter, StringComparison.OrdinalIgnoreCase))
                .All(parameter => Read.Contains(HeaderUtilities.RemoveQuotes(parameter.Value).ToString(), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Takes the quotation marks off the name of the character set. They are allowed (RFC 9110, 5.6.6), and the framework's JSON reader looks for
    /// an encoding of that name with them.
    /// </summary>
    public static void Unquote(HttpRequest request)
    {
        if (request.ContentType?.Contains('"', StringComparison.Ordinal) == true && MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset.HasValue)
        {
            type.Charset = HeaderUtilities.RemoveQuotes(type.Charset);
            request.ContentType = type.ToString();
        }
    }
}
