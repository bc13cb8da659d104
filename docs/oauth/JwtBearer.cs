using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;

/// <summary>ASP.NET Core's JwtBearer by discovery, which also asks whether the session behind a token still lives.</summary>
public static class FinConsoleJwtBearer
{
    /// <param name="services">Of your API.</param>
    /// <param name="issuer">FinConsole's public address, without a slash at its end.</param>
    /// <param name="audience">That address and "/api/v1", or what the operator says.</param>
    /// <param name="serviceToken">For introspection; null to believe a token until it expires.</param>
    public static void AddFinConsole(this IServiceCollection services, string issuer, string audience, string? serviceToken) =>
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.Authority = issuer;
            options.Audience = audience;
            options.MapInboundClaims = false;
            options.TokenValidationParameters.ValidTypes = ["at+jwt"];
            options.TokenValidationParameters.ValidAlgorithms = ["ES256"];
            // A token names its key: the other ones are not tried.
            options.TokenValidationParameters.TryAllIssuerSigningKeys = false;
            options.TokenValidationParameters.NameClaimType = "sub";
            options.TokenValidationParameters.RoleClaimType = "role";
            // Cleartext is for a console on this machine alone.
            options.RequireHttpsMetadata = !issuer.StartsWith("http://127.0.0.1", StringComparison.Ordinal);
            if (serviceToken is not null)
                options.Events = new JwtBearerEvents { OnTokenValidated = context => AskAsync(context, serviceToken) };
        });

    private static async Task AskAsync(TokenValidatedContext context, string serviceToken)
    {
        var server = await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        using var request = new HttpRequestMessage(HttpMethod.Post, server.IntrospectionEndpoint);
        request.Content = new FormUrlEncodedContent([new("token", token)]);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", serviceToken);
        using var response = await context.Options.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        response.EnsureSuccessStatusCode();
        if (!(await response.Content.ReadFromJsonAsync<JsonElement>(context.HttpContext.RequestAborted)).GetProperty("active").GetBoolean())
            context.Fail("The session has ended.");
    }
}
