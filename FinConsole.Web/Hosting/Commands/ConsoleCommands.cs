using System.CommandLine;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Hosting.Commands;

/// <summary>The operator's command line. Without a command the program is the web server.</summary>
public static class ConsoleCommands
{
    /// <summary>The server's own arguments (<c>--urls</c>, any setting) begin otherwise.</summary>
    public static bool AreMeant(string[] args) => args is ["audit" or "tenant" or "member" or "--help" or "-h" or "-?" or "--version", ..];

    /// <returns>0 when all is well, 1 when a fault was found or the command could not be carried out.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(CommandTexts.Root) { TenantCommands.Make(), MemberCommands.Make(), AuditCommands.Make() };
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (StartRefusedException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }
}
