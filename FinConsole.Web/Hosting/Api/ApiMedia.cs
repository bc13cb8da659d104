using System.Net.Mime;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Whether a route has an answer of a type that the client takes.</summary>
internal static class ApiMedia
{
    public static bool IsAcceptable(HttpRequest request, Endpoint endpoint)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || accept.ToString() is "*/*" or MediaTypeNames.Application.Json or "")
            return true;
        if (!MediaTypeHeaderValue.TryParseList(accept!, out var ranges))
            return true;
        var types = endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().SelectMany(answer => answer.ContentTypes)
            .Concat(endpoint.Metadata.GetOrderedMetadata<AlsoAs>().Select(also => also.ContentType)).Append(MediaTypeNames.Application.Json)
            .Select(type => WithoutParameters(new MediaTypeHeaderValue(type))).ToList();
        return ranges.Any(range => range.Quality != 0 && types.Any(type => type.IsSubsetOf(WithoutParameters(range))));
    }

    /// <summary>
    /// Whether the client names this type, and ranks it no lower than JSON (RFC 9110, 12.4.2): somebody who takes it as a second choice, or says
    /// nothing but "anything", gets JSON.
    /// </summary>
    public static bool IsPreferred(HttpRequest request, string type) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept!, out var ranges)
        && QualityOf(type, ranges.Where(range => !range.MatchesAllSubTypes)) is > 0 and var quality
        && quality >= QualityOf(MediaTypeNames.Application.Json, ranges);

    // Of the most specific range that the type is in; 0 where it is in none.
    private static double QualityOf(string type, IEnumerable<MediaTypeHeaderValue> ranges) =>
        ranges.Where(range => new MediaTypeHeaderValue(type).IsSubsetOf(WithoutParameters(range)))
            .OrderBy(range => (range.MatchesAllTypes, range.MatchesAllSubTypes)).Select(range => range.Quality ?? 1).FirstOrDefault();

    // RFC 9110 12.5.1: a range with a parameter is narrower than this API tells its types apart; "application/json; charset=utf-8" is its JSON.
    private static MediaTypeHeaderValue WithoutParameters(MediaTypeHeaderValue range) => new(range.MediaType);
}
