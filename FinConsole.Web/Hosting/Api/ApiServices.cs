using System.Text.Json;
using System.Text.Json.Serialization;
using FinConsole.Web.Hosting.Api.OpenApi;
using Microsoft.AspNetCore.Routing.Patterns;

namespace FinConsole.Web.Hosting.Api;

/// <summary>What all routes of the HTTP API share.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddApiDocument();
        services.AddSingleton<ApiLimiter>();
        services.AddSingleton<SuccessorUse>();
        services.AddSingleton<ApiUsage>();
        services.AddSingleton<ApiGate>();
        services.AddSingleton<CredentialWatch>();
        services.AddSingleton<ApiMethods>();
        services.AddSingleton<ApiQuery>();
        services.AddSingleton<ApiBody>();
        services.AddSingleton<ApiInput>();
        services.AddSingleton<RequestFingerprint>();
        services.AddSingleton<ApiBranch>();
        services.AddSingleton<TaggedJson>();
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<IdText.RouteConstraint>("guid"));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            // A misspelt field is told, not ignored: it might have been the allowlist.
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
            options.SerializerOptions.AllowDuplicateProperties = false;
            options.SerializerOptions.Converters.Add(new SecretJson());
        });
        return services;
    }

    /// <summary>Refuses to start with a route of the API that says nothing of who may call it.</summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    public static void EnsureEveryRouteDecides(this IEndpointRouteBuilder endpoints)
    {
        var silent = endpoints.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => ApiPaths.Holds(PathOf(route.RoutePattern)) && route.Metadata.GetMetadata<ApiAccess>() is null)
            .Select(route => route.DisplayName).ToList();
        if (silent.Count > 0)
            throw new InvalidOperationException($"These routes declare no access: {string.Join(", ", silent)}.");
    }

    private static PathString PathOf(RoutePattern pattern) => new("/" + (pattern.RawText ?? "").TrimStart('/'));
}
