namespace FinConsole.Web.Hosting.Configuration;

/// <summary>Where this installation's files lie.</summary>
/// <param name="Root">The repository in a checkout, else the program's own folder; relative paths in the configuration start here.</param>
public sealed record ConsoleFolders(string Root)
{
    private const string SolutionFile = "FinConsole.sln";

    /// <summary>Database, mail and generated secrets, unless configured elsewhere.</summary>
    public string Data => Path.Combine(Root, "data");

    public static ConsoleFolders Of(IHostEnvironment environment)
    {
        for (var folder = new DirectoryInfo(environment.ContentRootPath); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
                return new ConsoleFolders(folder.FullName);
        }

        return new ConsoleFolders(environment.ContentRootPath);
    }

    public string Resolve(string path) => Path.GetFullPath(path, Root);
}
