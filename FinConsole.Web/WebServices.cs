using FinConsole.Web.Account;
using FinConsole.Web.ApiDocs;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Audit;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Palette;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Gateway;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Api;
using FinConsole.Web.Hosting.Authentication;
using FinConsole.Web.Hosting.Authorization;
using FinConsole.Web.Hosting.Circuits;
using FinConsole.Web.Hosting.Exports;
using FinConsole.Web.Hosting.Operations;
using FinConsole.Web.Hosting.Security;
using FinConsole.Web.LoginHistory;
using FinConsole.Web.Mfa;
using FinConsole.Web.OAuth;
using FinConsole.Web.Overview;
using FinConsole.Web.Policies;
using FinConsole.Web.SavedViews;
using FinConsole.Web.SignIn;
using FinConsole.Web.Team;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using MudBlazor.Services;

namespace FinConsole.Web;

/// <summary>What the browser console needs beside Core.</summary>
public static class WebServices
{
    public static void AddConsoleWeb(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddClientFaultLogging();
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(options => options.AddFilter(new CircuitOwners()));
        services.AddMudServices();
        services.AddHttpContextAccessor();
        services.AddScoped<CspNonce>();
        services.AddScoped<CurrentActor>();
        builder.AddOperations();
        services.AddSingleton<TrustedOrigins>();
        services.AddSingleton<RefusedOrigins>();
        services.AddFormTokens();
        services.AddSessionCircuits();
        services.AddSingleton<ExportRuns>();
        services.AddSingleton<ExportResponse>();
        services.AddAccountPages();
        services.AddSingleton<SessionEnds>();
        services.AddScoped<Toasts>();
        services.AddScoped<PageMenu>();
        services.AddScoped<OpenDialogs>();
        services.AddSingleton<PaletteSearch>();
        services.AddScoped<StepUp>();
        services.AddApiTokenPages();
        services.AddMfaPages();
        services.AddSingleton<OverviewQueries>();
        services.AddSingleton<AuditQueries>();
        services.AddSingleton<AuditReaders>();
        services.AddTeamPages();
        services.AddLoginPages();
        services.AddSavedViewPages();
        services.AddPolicyPages();
        services.AddApi();
        services.AddGateway();
        services.AddOAuth();
        services.AddSingleton<ApiReference>();
        services.AddAuthentication(SessionCookie.Scheme).AddSessionCookie();
        services.AddCascadingAuthenticationState();
        // What states no decision of its own is for signed-in members.
        services.AddAuthorizationBuilder()
            .AddPermissionPolicies()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
