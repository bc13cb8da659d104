using Microsoft.OpenApi;

namespace FinConsole.Web.Hosting.Api.OpenApi;

/// <summary>The groups of the OpenAPI document: each operation has one, and the document lists those that an operation has, in reading order.</summary>
internal static class ApiTags
{
    /// <summary>In the order of the reference: what most people come for first, what monitoring asks last.</summary>
    private static readonly (string Name, string Description)[] All =
    [
        (ApiDocumentTexts.TagTokens, ApiDocumentTexts.AboutTokens),
        (ApiDocumentTexts.TagSignIn, ApiDocumentTexts.AboutSignIn),
        (ApiDocumentTexts.TagEncryption, ApiDocumentTexts.AboutEncryption),
        (ApiDocumentTexts.TagUsage, ApiDocumentTexts.AboutUsage),
        (ApiDocumentTexts.TagReview, ApiDocumentTexts.AboutReview),
        (ApiDocumentTexts.TagAccount, ApiDocumentTexts.AboutAccount),
        (ApiDocumentTexts.TagFincept, ApiDocumentTexts.AboutFincept),
        (ApiDocumentTexts.TagGateways, ApiDocumentTexts.AboutGateways),
        (ApiDocumentTexts.TagOperations, ApiDocumentTexts.AboutOperations),
    ];

    /// <summary>Replaces the list that the generator made of class names.</summary>
    public static void Describe(OpenApiDocument document)
    {
        var used = document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>())
            .SelectMany(operation => operation.Tags ?? Enumerable.Empty<OpenApiTagReference>()).Select(tag => tag.Reference.Id).ToHashSet();
        document.Tags = All.Where(tag => used.Contains(tag.Name)).Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).ToHashSet();
    }

    /// <summary>The group of a path.</summary>
    public static string Of(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var first = segments is ["api", "v1", var feature, ..] ? feature : segments.FirstOrDefault() ?? "";
        return first switch
        {
            "auth" or "revoke" => ApiDocumentTexts.TagSignIn,
            ".well-known" when !path.EndsWith("security.txt", StringComparison.Ordinal) => ApiDocumentTexts.TagSignIn,
            "tokens" or "whoami" => ApiDocumentTexts.TagTokens,
            "authorize" or "introspect" => ApiDocumentTexts.TagGateways,
            "encryption-keys" or "payload" => ApiDocumentTexts.TagEncryption,
            "me" => ApiDocumentTexts.TagAccount,
            "login-history" or "audit" => ApiDocumentTexts.TagReview,
            "usage" => ApiDocumentTexts.TagUsage,
            "user" => ApiDocumentTexts.TagFincept,
            _ => ApiDocumentTexts.TagOperations,
        };
    }
}
