using System.Reflection;
using System.Text.Json.Nodes;
using FinConsole.Core.Common;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FinConsole.Web.Hosting.Api.OpenApi;

/// <summary>Adds to each schema what the types alone do not say: the words of an enum, examples, and which texts are secrets.</summary>
internal sealed class ApiSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var described = context.JsonPropertyInfo?.AttributeProvider ?? ParameterOf(context.ParameterDescription);
        if (Find<OneOfAttribute>(described) is { } words)
            schema.Enum = [.. words.Words.Select(word => (JsonNode)JsonValue.Create(word)!)];
        if (Find<ExampleAttribute>(described) is { } example)
            schema.Examples = [ApiDocument.Example(example.Json)];
        if (context.JsonTypeInfo.Type == typeof(Secret))
        {
            var mayBeNull = context.JsonPropertyInfo is { } property && (property.AssociatedParameter?.IsNullable ?? property.IsSetNullable);
            (schema.Type, schema.Format, schema.WriteOnly) = (mayBeNull ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String, "password", true);
            schema.Properties?.Clear();
        }

        // A refusal may say more than all refusals do: the scope that is missing, the token that was made before.
        if (context.JsonTypeInfo.Type == typeof(ApiProblemBody))
            (schema.AdditionalPropertiesAllowed, schema.AdditionalProperties) = (true, new OpenApiSchema { Type = JsonSchemaType.String });

        return Task.CompletedTask;
    }

    private static ParameterInfo? ParameterOf(ApiParameterDescription? parameter) => (parameter?.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo;

    private static T? Find<T>(ICustomAttributeProvider? described)
        where T : Attribute => described?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();
}
