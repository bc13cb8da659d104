using System.Text.Json.Nodes;
using FinConsole.Core.Email;
using Microsoft.OpenApi;

namespace FinConsole.Web.Hosting.Api.OpenApi;

/// <summary>The OpenAPI document, generated from the routes as they are: <c>/openapi/v1.json</c>.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";
    public const string Bearer = "bearer";
    public const string AuthToken = "authToken";
    public const string ApiKey = "apiKey";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = route => route.ActionDescriptor.EndpointMetadata.OfType<ApiAccess>().Any();
        options.AddDocumentTransformer((document, context, _) =>
        {
            Describe(document, context.ApplicationServices.GetRequiredService<ConsoleAddress>().Of("/"));
            ApiTags.Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer<ApiOperations>();
        options.AddSchemaTransformer<ApiSchemas>();
    });

    // There is one document. Under a pattern the framework would answer the name of any other in plain text.
    public static void MapApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi(ConsoleUrls.OpenApi).WithMetadata(ApiAccess.Anonymous).RespondsToHead();

    private static void Describe(OpenApiDocument document, string address)
    {
        document.Info = new OpenApiInfo { Title = ApiDocumentTexts.Title, Version = Name, Description = ApiDocumentTexts.Description };
        document.Servers = [new OpenApiServer { Url = address.TrimEnd('/') }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = ApiDocumentTexts.BearerScheme },
            [AuthToken] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Auth-Token", Description = ApiDocumentTexts.AuthTokenScheme },
            [ApiKey] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-API-Key", Description = ApiDocumentTexts.ApiKeyScheme },
        };
    }

    /// <summary>A JSON value from its text.</summary>
    public static JsonNode Example(string json) => JsonNode.Parse(json)!;
}
