using FinConsole.Core.Common;
using FinConsole.Core.Data;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>Reads <c>Database:Provider</c> and <c>ConnectionStrings:FinConsole</c>; without either it is a SQLite file in the data folder.</summary>
internal static class DatabaseSettings
{
    public static (DatabaseProvider Provider, string ConnectionString) Read(IConfiguration configuration, ConsoleFolders folders, Faults faults)
    {
        var name = configuration["Database:Provider"] is { Length: > 0 } configured ? configured : nameof(DatabaseProvider.Sqlite);
        var connectionString = configuration.GetConnectionString("FinConsole");
        if (!Enum.TryParse<DatabaseProvider>(name, ignoreCase: true, out var provider) || !Enum.IsDefined(provider) || int.TryParse(name, out _))
        {
            faults.Add(Texts.Format(ConfigurationTexts.ProviderUnknown, name));
            return (default, "");
        }

        if (connectionString is { Length: > 0 })
            return (provider, connectionString);

        if (provider == DatabaseProvider.Sqlite)
        {
            Directory.CreateDirectory(folders.Data);
            return (provider, $"Data Source=\"{Path.Combine(folders.Data, "finconsole.db")}\"");
        }

        faults.Add(Texts.Format(ConfigurationTexts.ConnectionStringMissing, provider));
        return (provider, "");
    }
}
