using FinConsole.Core.Common;
using FinConsole.Web;
using FinConsole.Web.Commands;
using FinConsole.Web.Components;
using FinConsole.Web.Gateway;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Api;
using FinConsole.Web.Hosting.Authentication;
using FinConsole.Web.Hosting.Authorization;
using FinConsole.Web.Hosting.Circuits;
using FinConsole.Web.Hosting.Configuration;
using FinConsole.Web.Hosting.Security;
using FinConsole.Web.Hosting.StartUp;
using Microsoft.AspNetCore.Connections;

if (ConsoleCommands.AreMeant(args))
    return await ConsoleCommands.RunAsync(args);

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddRepositorySettings();
    var installation = Installation.Read(builder.Configuration, builder.Environment, serves: true);
    builder.WebHost.ConfigureKestrel(RequestLimits.Apply);
    builder.AddConsoleLogging();
    builder.AddInstallation(installation);
    builder.AddConsoleWeb();

    await using var app = builder.Build();
    var prepared = app.Services.BeginPreparing(installation);
    app.UseRequestIds().UseExactCookies().UseGatewayAddress();
    app.UseTrustedProxies(installation.Proxies);
    app.UseSecurityHeaders().UseValidHosts();
    app.UseHttpsAlone(installation);
    app.UseApi();
    app.UseErrorPages().UseCircuitOrigins().UseReadableForms().UseMaskedAddresses();
    app.UseAuthentication().UseLogScopes();
    app.UseAuthorization().UseReplacedSessions();
    app.UseWholeForms().UseAntiforgery().UseRefusedForms().UseUnknownForms();
    app.UseCircuitConnections();

    app.MapStaticAssets().AllowAnonymous();
    app.MapFeatures();
    // The least that a signed-in member may; each page says what it needs beyond that.
    app.MapRazorComponents<App>().AddInteractiveServerRenderMode(CircuitTransport.Configure).RespondsToHead().RequirePermission(Permission.SetUpMfa);
    await prepared;
    await app.RunAsync();
    return 0;
}
catch (IOException failure) when (failure.InnerException is AddressInUseException)
{
    // "Failed to bind to address http://...: address already in use.": no stack trace is needed to understand that.
    Console.Error.WriteLine(failure.Message);
    return 1;
}
catch (StartRefusedException refusal)
{
    Console.Error.WriteLine(refusal.Message);
    return 1;
}
