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

    // RFC 9110 12.5.1: a range with a parameter is narrower than this API tells its types apart; "application/json; charset=utf-8" is its JSON.
    private static MediaTypeHeaderValue WithoutParameters(MediaTypeHeaderValue range) => new(range.MediaType);
}
