using FinConsole.Web.Hosting.Configuration;
using FinConsole.Web.Hosting.StartUp;
using FinConsole.Web.Hosting;

namespace FinConsole.Web.Commands;

/// <summary>Core over the configured database, without the web server and its hosted services.</summary>
internal static class CommandHost
{
    /// <exception cref="StartRefusedException">The configuration is incomplete.</exception>
    public static ServiceProvider Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddRepositorySettings();
        builder.Logging.ClearProviders();
        builder.AddInstallation(Installation.Read(builder.Configuration, builder.Environment, serves: false));
        return builder.Services.BuildServiceProvider();
    }

    /// <summary>The same for commands that may come first or write: on an up-to-date schema, and never under another database's pepper, whose audit tags would not match.</summary>
    /// <exception cref="StartRefusedException">The configuration is incomplete, or the pepper is another database's.</exception>
    public static async Task<ServiceProvider> StartPreparedAsync(CancellationToken cancellationToken)
    {
        var services = Start();
        try
        {
            await services.PrepareDatabaseAsync(cancellationToken);
            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>A file to read, as the caller meant it: <c>dotnet run</c> moves the program to the project's folder, but leaves PWD as it was.</summary>
    public static string Resolve(string path) => File.Exists(path) ? Path.GetFullPath(path) : ResolveNew(path);

    /// <summary>A file to write, as the caller meant it.</summary>
    public static string ResolveNew(string path) =>
        Environment.GetEnvironmentVariable("PWD") is { Length: > 0 } caller ? Path.GetFullPath(path, caller) : Path.GetFullPath(path);
}
