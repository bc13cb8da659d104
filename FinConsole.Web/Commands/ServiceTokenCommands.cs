using System.CommandLine;
using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Core.ServiceTokens;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Commands;

/// <summary><c>service-token add</c>, <c>list</c> and <c>revoke</c>. A console that runs meanwhile hears of them by the change table.</summary>
internal static class ServiceTokenCommands
{
    public static Command Make() => new("service-token", CommandTexts.ServiceToken) { MakeAdd(), MakeList(), MakeRevoke() };

    private static Command MakeAdd()
    {
        var name = new Argument<string>("NAME") { Description = CommandTexts.ServiceTokenName };
        var expires = new Option<int?>("--expires") { Description = CommandTexts.ServiceTokenExpires, HelpName = "DAYS" };
        var command = new Command("add", CommandTexts.ServiceTokenAdd) { name, expires };
        command.SetAction((parsed, cancellationToken) => AddAsync(parsed.GetRequiredValue(name), parsed.GetValue(expires), cancellationToken));
        return command;
    }

    private static Command MakeList()
    {
        var command = new Command("list", CommandTexts.ServiceTokenList);
        command.SetAction((_, cancellationToken) => ListAsync(cancellationToken));
        return command;
    }

    private static Command MakeRevoke()
    {
        var name = new Argument<string>("NAME|PREFIX") { Description = CommandTexts.ServiceTokenWhich };
        var command = new Command("revoke", CommandTexts.ServiceTokenRevoke) { name };
        command.SetAction((parsed, cancellationToken) => RevokeAsync(parsed.GetRequiredValue(name), cancellationToken));
        return command;
    }

    // The secret goes to standard output on a line of its own, for scripts to take; what is said about it goes to the other.
    private static async Task<int> AddAsync(string name, int? days, CancellationToken cancellationToken)
    {
        await using var services = await CommandHost.StartPreparedAsync(cancellationToken);
        var made = await services.GetRequiredService<AddServiceToken>().HandleAsync(name, days, cancellationToken);
        if (!made.Succeeded)
            throw new StartRefusedException(made.Error.Fields.Count > 0 ? string.Join(Environment.NewLine, made.Error.Fields.Values) : made.Error.Message);
        await Console.Error.WriteLineAsync(made.Value.ExpiresAt is { } until
            ? Texts.Format(CommandTexts.ServiceTokenMadeUntil, made.Value.Name, Minute(until))
            : Texts.Format(CommandTexts.ServiceTokenMade, made.Value.Name));
        await Console.Out.WriteLineAsync(made.Value.Secret.Reveal());
        return 0;
    }

    private static async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        await using var services = await CommandHost.StartPreparedAsync(cancellationToken);
        var tokens = await services.GetRequiredService<ListServiceTokens>().HandleAsync(cancellationToken);
        if (tokens.Count == 0)
            await Console.Out.WriteLineAsync(CommandTexts.ServiceTokenNone);
        var width = tokens.Select(token => token.Name.Length).DefaultIfEmpty().Max();
        foreach (var token in tokens)
        {
            await Console.Out.WriteLineAsync(Texts.Format(
                CommandTexts.ServiceTokenLine, token.Name.PadRight(width), token.Masked, StatusOf(token), Minute(token.CreatedAt),
                token.LastUsedAt is { } used ? Texts.Format(CommandTexts.ServiceTokenUsed, Minute(used)) : CommandTexts.ServiceTokenUnused));
        }

        return 0;
    }

    private static async Task<int> RevokeAsync(string name, CancellationToken cancellationToken)
    {
        await using var services = await CommandHost.StartPreparedAsync(cancellationToken);
        var revoked = await services.GetRequiredService<RevokeServiceToken>().HandleAsync(name, cancellationToken);
        if (!revoked.Succeeded)
            throw new StartRefusedException(revoked.Error.Message);
        await Console.Out.WriteLineAsync(Texts.Format(CommandTexts.ServiceTokenRevoked, revoked.Value));
        return 0;
    }

    private static string StatusOf(ServiceTokenView token) => token.Status switch
    {
        ServiceTokenStatus.Active when token.ExpiresAt is { } until => Texts.Format(CommandTexts.ServiceTokenActiveUntil, Minute(until)),
        ServiceTokenStatus.Active => CommandTexts.ServiceTokenActive,
        ServiceTokenStatus.Expired => Texts.Format(CommandTexts.ServiceTokenExpired, Minute(token.ExpiresAt!.Value)),
        ServiceTokenStatus.Revoked => Texts.Format(CommandTexts.ServiceTokenEnded, Minute(token.RevokedAt!.Value)),
    };

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
