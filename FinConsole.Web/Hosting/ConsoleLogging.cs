namespace FinConsole.Web.Hosting;

/// <summary>Logs are lines to read in Development and JSON elsewhere, in UTC.</summary>
public static class ConsoleLogging
{
    public static void AddConsoleLogging(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IExternalScopeProvider, RequestScopes>();
        // At a lower level it writes the address of each request, with its query.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        if (builder.Environment.IsDevelopment())
            return;
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(options =>
        {
            options.UseUtcTimestamp = true;
            options.IncludeScopes = true;
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
    }
}
