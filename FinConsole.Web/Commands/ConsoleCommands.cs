using System.CommandLine;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Configuration;
using FinConsole.Web.Hosting;

namespace FinConsole.Web.Commands;

/// <summary>The operator's command line. Without a command the program is the web server.</summary>
public static class ConsoleCommands
{
    /// <summary>
    /// Any word that comes first. The server's own arguments (<c>--urls</c>, <c>Key=value</c>) look otherwise, so a command that is
    /// misspelt is told as such, and does not start a second server on the same database.
    /// </summary>
    public static bool AreMeant(string[] args) =>
        args is ["--help" or "-h" or "-?" or "--version", ..] || (args is [var first, ..] && first is not ['-' or '/', ..] && !first.Contains('=', StringComparison.Ordinal));

    /// <returns>0 when all is well, 1 when a fault was found or the command could not be carried out.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(CommandTexts.Root) { TenantCommands.Make(), MemberCommands.Make(), ApiTokenCommands.Make(), ServiceTokenCommands.Make(), AuditCommands.Make() };
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (StartRefusedException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
        catch (AuditChainBrokenException broken)
        {
            await Console.Error.WriteLineAsync(broken.Message);
            return 1;
        }
        catch (Exception failure) when (Failures.IsDatabase(failure))
        {
            // Away, locked, or without a table that belongs there: a command says so in a sentence, and never by breaking off.
            await Console.Error.WriteLineAsync(Texts.Format(CommandTexts.DatabaseFailed, failure.GetBaseException().Message.ReplaceLineEndings(" ")));
            return 1;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A file that was named cannot be read or written.
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }
}
