using FinConsole.Web.Hosting.Api.OpenApi;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FinConsole.Web.ApiDocs;

/// <summary>An operation as people read it.</summary>
/// <param name="Fields">Of the body, nested ones with dots.</param>
/// <param name="Sample">A body that could be sent; null where there is none.</param>
/// <param name="BodyType">The body's content type.</param>
/// <param name="IsOpen">Needs no credential.</param>
public sealed record DocumentedOperation(
    string Id, string Method, string Path, string Summary, string Description, IReadOnlyList<DocumentedField> Parameters, IReadOnlyList<DocumentedField> Fields,
    string? Sample, string? BodyType, IReadOnlyList<DocumentedResponse> Responses, bool IsOpen);

/// <param name="Place">Of a parameter: path, query or header.</param>
public sealed record DocumentedField(string Name, string Type, bool Required, string Description, string Place = "");

/// <param name="Fields">Of the answer's body; empty for none, and for refusals, which all look alike.</param>
/// <param name="Refusals">The codes that the status can have at this operation; empty for a status of success.</param>
public sealed record DocumentedResponse(string Status, string Description, IReadOnlyList<DocumentedField> Fields, IReadOnlyList<DocumentedRefusal> Refusals);

/// <summary>A code, and what it says at an operation.</summary>
public sealed record DocumentedRefusal(string Code, string Text);

public sealed record DocumentedGroup(string Name, IReadOnlyList<DocumentedOperation> Operations);

/// <summary>What the OpenAPI document says, made ready for a page. Made once: routes do not change while the program runs.</summary>
public sealed class ApiReference(IServiceProvider services)
{
    private readonly Lazy<Task<IReadOnlyList<DocumentedGroup>>> _groups = new(() => ReadAsync(services));

    public Task<IReadOnlyList<DocumentedGroup>> GroupsAsync() => _groups.Value;

    private static async Task<IReadOnlyList<DocumentedGroup>> ReadAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(ApiDocument.Name).GetOpenApiDocumentAsync(CancellationToken.None);
        List<string> order = [.. document.Tags?.Select(tag => tag.Name ?? "") ?? []];
        var operations =
            from path in document.Paths
                // A route that takes several methods is one entry: a HEAD is its GET without a body, and gateways ask by any method.
            from operation in (path.Value.Operations ?? []).DistinctBy(each => each.Value.Summary)
            select (Tag: operation.Value.Tags?.FirstOrDefault()?.Reference.Id ?? "", Operation: Read(path.Key, operation.Key, operation.Value));
        return [.. operations.GroupBy(each => each.Tag, each => each.Operation).OrderBy(group => order.IndexOf(group.Key)).Select(group => new DocumentedGroup(group.Key, [.. group]))];
    }

    private static DocumentedOperation Read(string path, HttpMethod method, OpenApiOperation operation)
    {
        var (type, body) = operation.RequestBody?.Content?.FirstOrDefault() is { Value: not null } content ? (content.Key, content.Value.Schema) : (null, null);
        return new DocumentedOperation(
            operation.OperationId ?? $"{method}-{path}", method.Method, path, operation.Summary ?? "", operation.Description ?? "",
            [.. (operation.Parameters ?? []).Select(parameter => Field(parameter.Name ?? "", parameter.Schema, parameter.Required, parameter.Description) with { Place = PlaceOf(parameter.In) })],
            SchemaFields.Of(body),
            body is null ? null : SchemaSample.Of(body, type!),
            type,
            [.. (operation.Responses ?? []).OrderBy(answer => answer.Key).Select(Read)],
            operation.Security is not { Count: > 0 });
    }

    private static DocumentedResponse Read(KeyValuePair<string, IOpenApiResponse> answer)
    {
        var schema = answer.Key[0] == '2' ? answer.Value.Content?.Values.FirstOrDefault()?.Schema : null;
        return new DocumentedResponse(
            answer.Key, answer.Value.Description ?? "", SchemaFields.Of(schema), [.. ApiRefusals.Read(answer.Value).Select(refusal => new DocumentedRefusal(refusal.Code, refusal.Text))]);
    }

    private static DocumentedField Field(string name, IOpenApiSchema? schema, bool required, string? description) =>
        new(name, SchemaFields.TypeOf(schema), required, description ?? schema?.Description ?? "");

    private static string PlaceOf(ParameterLocation? place) => place switch
    {
        ParameterLocation.Path => "path",
        ParameterLocation.Header => "header",
        _ => "query",
    };
}
