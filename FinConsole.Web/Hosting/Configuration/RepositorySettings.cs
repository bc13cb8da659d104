using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>Reads <c>appsettings.Development.json</c> at the top of the repository: <c>dotnet run</c> takes the project's folder as content root.</summary>
public static class RepositorySettings
{
    private const string DefaultAddress = "http://localhost:5080";

    public static void AddRepositorySettings(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
            return;

        var source = new JsonConfigurationSource
        {
            Path = Path.Combine(ConsoleFolders.Of(builder.Environment).Root, "appsettings.Development.json"),
            Optional = true,
        };
        source.ResolveFileProvider();

        // Before the environment, so that variables and the command line have the last word.
        var sources = builder.Configuration.Sources;
        var environment = sources.ToList().FindLastIndex(each => each is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        sources.Insert(environment < 0 ? sources.Count : environment, source);
        ListenByDefault(builder);
    }

    // Not in the launch profile: "dotnet run" lets a profile's address override ASPNETCORE_URLS.
    private static void ListenByDefault(WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultAddress);
    }
}
