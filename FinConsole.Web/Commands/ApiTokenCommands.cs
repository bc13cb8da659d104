using System.CommandLine;
using FinConsole.Core.Common;
using FinConsole.Core.ServiceTokens;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Commands;

/// <summary><c>token identify</c>. The token comes by standard input: arguments stand in process lists and shell histories.</summary>
internal static class ApiTokenCommands
{
    private const int LongestInput = 1024;

    public static Command Make() => new("token", CommandTexts.Token) { MakeIdentify() };

    private static Command MakeIdentify()
    {
        var command = new Command("identify", CommandTexts.TokenIdentify);
        command.SetAction((_, cancellationToken) => IdentifyAsync(cancellationToken));
        return command;
    }

    private static async Task<int> IdentifyAsync(CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
            await Console.Error.WriteLineAsync(CommandTexts.TokenAsk);
        var text = await ReadAsync(cancellationToken);
        await using var services = await CommandHost.StartPreparedAsync(cancellationToken);
        var token = await services.GetRequiredService<IdentifyTokenForOperator>().HandleAsync(text, cancellationToken)
            ?? throw new StartRefusedException(CommandTexts.TokenMalformed);
        if (token.Name is null)
            throw new StartRefusedException(Texts.Format(CommandTexts.TokenUnknown, token.Masked));
        await Console.Out.WriteLineAsync(Describe(token));
        return 0;
    }

    // One line, without the spaces and the line's end that copying adds; whatever follows is none of our business.
    private static async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new char[LongestInput];
        var length = 0;
        while (length < buffer.Length && !buffer.AsSpan(0, length).Trim().Contains('\n')
            && await Console.In.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            length += read;
        return new string(buffer, 0, length).Trim().Split('\n')[0].Trim();
    }

    private static string Describe(IdentifiedToken token)
    {
        if (token.Tenant is null)
            return Texts.Format(CommandTexts.TokenOfService, token.Masked, token.Name, token.ServiceStatus);
        var status = token.TenantClosed ? CommandTexts.TokenTenantClosed
            : !token.CashierActive ? CommandTexts.TokenCashierInactive
            : "";
        return Texts.Format(CommandTexts.TokenOfTenant, token.Masked, token.Name, token.Tenant, TokenLabels.Of(token.Status!.Value).Text) + status;
    }
}
