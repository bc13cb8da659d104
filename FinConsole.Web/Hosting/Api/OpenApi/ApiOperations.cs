using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FinConsole.Web.Hosting.Api.OpenApi;

/// <summary>Adds to each operation what its declared access means: credentials, headers, and plain words for each status.</summary>
internal sealed class ApiOperations : IOpenApiOperationTransformer
{
    private static readonly string[] LimitHeaders = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var access = metadata.OfType<ApiAccess>().Last();
        var document = context.Document!;
        operation.Tags = new HashSet<OpenApiTagReference> { new(ApiTags.Of(context.Description.RelativePath ?? ""), document) };
        operation.OperationId = IdOf(operation.OperationId, context.Description.HttpMethod, metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods);
        // An empty list says that none is needed; no list would say nothing.
        operation.Security = access.TakesAnybody
            ? []
            : [.. SchemesOf(access).Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];
        operation.Description = $"{operation.Description} {WhoMay(access)}".Trim();
        // Where a record carries them they carry its properties' names; queries are read in any letter case.
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            parameter.Name = FieldNames.Of(parameter.Name!);
        if (metadata.OfType<AcceptsIdempotencyKey>().Any())
            (operation.Parameters ??= []).Add(IdempotencyParameter());

        foreach (var also in metadata.OfType<AlsoAs>())
            operation.Responses!["200"].Content!.Add(also.ContentType, new OpenApiMediaType());
        foreach (var (status, response) in operation.Responses ?? [])
            Complete((OpenApiResponse)response, int.Parse(status, CultureInfo.InvariantCulture), access, [.. metadata.OfType<DeclaredRefusal>().Select(each => each.Problem)]);
        return Task.CompletedTask;
    }

    // One route may have several methods, and each operation needs an id of its own: "isReady", "isReadyHead".
    private static string? IdOf(string? name, string? method, IReadOnlyList<string>? methods) =>
        name is null || method is null || methods is null or [] || methods[0] == method ? name : name + method[0] + method[1..].ToLowerInvariant();

    private static string[] SchemesOf(ApiAccess access) =>
        access.TakesTokens || access.TakesServices || access.JwtInAnyHeader ? [ApiDocument.Bearer, ApiDocument.AuthToken, ApiDocument.ApiKey] : [ApiDocument.Bearer];

    private static string WhoMay(ApiAccess access)
    {
        if (access.TakesAnybody)
            return "";
        if (access.TakesServices)
            return ApiDocumentTexts.ForServices;
        if (access is { TakesTokens: true, Scope: null })
            return ApiDocumentTexts.ForEverybody;
        var roles = access.Permission is { } permission ? string.Join(", ", Enum.GetValues<Role>().Where(role => role.May(permission)).Select(role => role.DisplayName().ToLowerInvariant())) : "";
        return access.Scope is not { } scope ? Texts.Format(ApiDocumentTexts.ForMembers, roles)
            : roles.Length == 0 ? Texts.Format(ApiDocumentTexts.ForScope, scope)
            : Texts.Format(ApiDocumentTexts.ForMembersOrScope, roles, scope);
    }

    private static OpenApiParameter IdempotencyParameter() => new()
    {
        Name = "Idempotency-Key",
        In = ParameterLocation.Header,
        Description = ApiDocumentTexts.OnceHeader,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.LongestKey },
    };

    private static void Complete(OpenApiResponse response, int status, ApiAccess access, IReadOnlyList<ApiProblem> declared)
    {
        if (declared.Where(problem => problem.Status == status).ToList() is { Count: > 0 } refusals)
            ApiRefusals.Describe(response, refusals);
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers["X-Request-Id"] = Header(ApiDocumentTexts.RequestIdHeader, JsonSchemaType.String);
        if (!access.TakesAnybody && !access.TakesServices)
        {
            foreach (var name in LimitHeaders)
                response.Headers[name] = Header(ApiDocumentTexts.LimitHeader, JsonSchemaType.Integer);
        }

        if (status == StatusCodes.Status429TooManyRequests)
            response.Headers["Retry-After"] = Header(ApiDocumentTexts.RetryHeader, JsonSchemaType.Integer);
    }

    private static OpenApiHeader Header(string description, JsonSchemaType type) => new() { Description = description, Schema = new OpenApiSchema { Type = type } };
}
