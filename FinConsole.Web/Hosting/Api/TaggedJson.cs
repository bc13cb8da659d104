using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace FinConsole.Web.Hosting.Api;

/// <summary>JSON that clients keep: it has a tag of its content, and an If-None-Match that names it is answered 304.</summary>
internal sealed class TaggedJson(IOptions<JsonOptions> json)
{
    public IResult Of<T>(T response)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(response, json.Value.SerializerOptions);
        var tag = new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(body))}\"");
        return Results.Bytes(body, "application/json; charset=utf-8", entityTag: tag);
    }
}
