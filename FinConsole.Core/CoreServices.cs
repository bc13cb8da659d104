using FinConsole.Core.ApiTokens;
using FinConsole.Core.Audit;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Checklist;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Email;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Mfa;
using FinConsole.Core.Onboarding;
using FinConsole.Core.Policies;
using FinConsole.Core.Profile;
using FinConsole.Core.SavedViews;
using FinConsole.Core.ServiceTokens;
using FinConsole.Core.SignIn;
using FinConsole.Core.Team;
using FinConsole.Core.Usage;
using FinConsole.Core.UseCases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FinConsole.Core;

/// <summary>Everything that Core offers. The host adds, beside this: the <see cref="Data.KeyRing.Pepper"/>, Data Protection, and the <see cref="ConsoleAddress"/>.</summary>
public static class CoreServices
{
    /// <param name="services">The collection to add to.</param>
    /// <param name="provider">Which database.</param>
    /// <param name="connectionString">For that database.</param>
    public static IServiceCollection AddFinConsoleCore(this IServiceCollection services, DatabaseProvider provider, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<ConsoleMetrics>();
        services.TryAddSingleton<ScanLimiter>();
        return services
            .AddEmail()
            .AddConsoleDatabase(provider, connectionString)
            .AddAuditLog()
            .AddUseCases()
            .AddAudit()
            .AddPolicies()
            .AddCountries()
            .AddLoginHistory()
            .AddMfa()
            .AddSignIn()
            .AddProfile()
            .AddEncryptionKeys()
            .AddTeam()
            .AddOnboarding()
            .AddApiTokens()
            .AddUsage()
            .AddServiceTokens()
            .AddSavedViews()
            .AddChecklist();
    }
}
