namespace FinConsole.Web.Hosting.Commands;

public static class ConsoleCommands
{
    public static bool AreMeant(string[] args) => args is ["audit" or "--help" or "-h" or "-?" or "--version", ..];

    public static Task<int> RunAsync(string[] args) => Task.FromResult(args.Length);
}
