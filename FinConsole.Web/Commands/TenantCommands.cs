using System.CommandLine;
using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Core.Onboarding;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Commands;

/// <summary><c>tenant add</c>, <c>tenant close</c> and <c>tenant list</c>. A console that runs meanwhile hears of them by the change table.</summary>
internal static class TenantCommands
{
    public static Command Make() => new("tenant", CommandTexts.Tenant) { MakeAdd(), MakeClose(), MakeList() };

    private static Command MakeAdd()
    {
        var name = new Argument<string>("NAME") { Description = CommandTexts.TenantAddName };
        var email = new Argument<string>("ADMIN-EMAIL") { Description = CommandTexts.TenantAddEmail };
        var domain = new Option<string?>("--domain") { Description = CommandTexts.TenantAddDomain };
        var command = new Command("add", CommandTexts.TenantAdd) { name, email, domain };
        command.SetAction((parsed, cancellationToken) =>
            AddAsync(new AddTenantRequest(parsed.GetRequiredValue(name), parsed.GetValue(domain), parsed.GetRequiredValue(email)), cancellationToken));
        return command;
    }

    private static Command MakeClose()
    {
        var name = new Argument<string>("NAME") { Description = CommandTexts.TenantCloseName };
        var command = new Command("close", CommandTexts.TenantClose) { name };
        command.SetAction((parsed, cancellationToken) => CloseAsync(parsed.GetRequiredValue(name), cancellationToken));
        return command;
    }

    private static Command MakeList()
    {
        var command = new Command("list", CommandTexts.TenantList);
        command.SetAction((_, cancellationToken) => ListAsync(cancellationToken));
        return command;
    }

    // The link goes to standard output on a line of its own, for scripts to take.
    private static async Task<int> AddAsync(AddTenantRequest request, CancellationToken cancellationToken)
    {
        await using var services = await CommandHost.StartPreparedAsync(cancellationToken);
        var made = await services.GetRequiredService<AddTenant>().HandleAsync(request, cancellationToken);
        if (!made.Succeeded)
            throw new StartRefusedException(made.Error.Fields.Count > 0 ? string.Join(Environment.NewLine, made.Error.Fields.Values) : made.Error.Message);
        await Console.Out.WriteLineAsync(Texts.Format(CommandTexts.TenantAdded, request.TenantName.Trim(), made.Value.Email, Minute(made.Value.ExpiresAt)));
        await Console.Out.WriteLineAsync(made.Value.Link.Reveal());
        return 0;
    }

    private static async Task<int> CloseAsync(string name, CancellationToken cancellationToken)
    {
        await using var services = await CommandHost.StartPreparedAsync(cancellationToken);
        var closed = await services.GetRequiredService<CloseTenant>().HandleAsync(name, cancellationToken);
        if (!closed.Succeeded)
            throw new StartRefusedException(closed.Error == OnboardingErrors.NoSuchTenant ? Texts.Format(CommandTexts.NoSuchTenant, name) : closed.Error.Message);
        await Console.Out.WriteLineAsync(Texts.Format(CommandTexts.TenantClosed, closed.Value.Name, closed.Value.Sessions));
        return 0;
    }

    private static async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        await using var services = await CommandHost.StartPreparedAsync(cancellationToken);
        var tenants = await services.GetRequiredService<ListTenants>().HandleAsync(cancellationToken);
        if (tenants.Count == 0)
            await Console.Out.WriteLineAsync(CommandTexts.TenantNone);
        var width = tenants.Select(tenant => tenant.Name.Length).DefaultIfEmpty().Max();
        foreach (var tenant in tenants)
        {
            var closed = tenant.ClosedAt is { } at ? Texts.Format(CommandTexts.TenantLineClosed, Day(at)) : "";
            await Console.Out.WriteLineAsync(Texts.Format(CommandTexts.TenantLine, tenant.Name.PadRight(width), tenant.Members, Day(tenant.CreatedAt), closed));
        }

        return 0;
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
