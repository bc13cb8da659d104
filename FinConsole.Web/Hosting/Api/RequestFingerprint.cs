using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FinConsole.Core.Common;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace FinConsole.Web.Hosting.Api;

/// <summary>
/// Says whether two requests ask for the same: method, route and the body as it is understood, whatever its spaces, its order of fields and the
/// letter case of its enum values. Secrets are left out. A retry encrypts a password anew and brings a new code, because the first one
/// is spent; and a hash of a password must not lie in the database for a day.
/// </summary>
internal sealed class RequestFingerprint(IOptions<JsonOptions> json)
{
    private readonly JsonSerializerOptions _understood = new(json.Value.SerializerOptions)
    {
        TypeInfoResolver = json.Value.SerializerOptions.TypeInfoResolver!.WithAddedModifier(Understand),
    };

    /// <summary>SHA-256 of the request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="arguments">Of its handler, with the bound body among them.</param>
    public async Task<byte[]> OfAsync(HttpContext http, IEnumerable<object?> arguments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {PathOf(http)}\n"));
        var type = http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        // A route that takes no body has read none: what came with the request differs byte for byte.
        if (type is null)
            hash.AppendData(await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted));
        else if (arguments.FirstOrDefault(argument => argument is not null && argument.GetType() == type) is { } body)
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(body, type, _understood));
        return hash.GetHashAndReset();
    }

    // As the route spells it: routing takes any letter case, and a slash at the end.
    private static string PathOf(HttpContext http) => http.GetEndpoint() is RouteEndpoint route
        ? string.Concat(route.RoutePattern.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternParameterPart parameter => $"{http.Request.RouteValues[parameter.Name]}".ToLowerInvariant(),
            RoutePatternLiteralPart literal => literal.Content,
            _ => "",
        }))))
        : http.Request.Path.ToString();

    private static void Understand(JsonTypeInfo type)
    {
        for (var index = type.Properties.Count - 1; index >= 0; index--)
        {
            var property = type.Properties[index];
            if (property.PropertyType == typeof(Secret))
                type.Properties.RemoveAt(index);
            else if (property is { Get: { } get, AttributeProvider: { } attributes } && attributes.IsDefined(typeof(OneOfAttribute), inherit: true))
                property.Get = owner => get(owner) is string word ? word.ToUpperInvariant() : null;
        }
    }
}
