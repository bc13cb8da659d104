namespace FinConsole.Web.Hosting;

/// <summary>Logs are lines to read in Development and JSON elsewhere, in UTC.</summary>
public static class ConsoleLogging
{
    public static void AddConsoleLogging(this WebApplicationBuilder builder)
    {
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
