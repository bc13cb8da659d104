using FinConsole.Core.Common;
using FinConsole.Core;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Demo;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.Email;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.Usage;
using FinConsole.Web.Hosting.Configuration;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;

namespace FinConsole.Web.Hosting;

/// <summary>What the web server and the command line have in common: Core, and the secrets and settings that it needs.</summary>
public static class ConsoleHost
{
    private const string ApplicationName = "FinConsole";

    public static void AddInstallation(this IHostApplicationBuilder builder, Installation installation)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        var development = builder.Environment.IsDevelopment();
        services.AddSingleton(installation);
        services.AddSingleton(installation.Pepper);
        services.AddSingleton(new ConsoleAddress(installation.PublicUrl));
        services.AddDataProtection()
            .SetApplicationName(ApplicationName)
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM })
            .ProtectKeysWithCertificate(installation.KeyRingCertificate)
            .UnprotectKeysWithAnyCertificate(installation.PreviousKeyRingCertificate is { } previous ? [previous] : []);

        services.Configure<ScanOptions>(configuration.GetSection(ScanOptions.Section));
        services.Configure<MfaOptions>(configuration.GetSection(MfaOptions.Section));
        services.Configure<RateLimitOptions>(configuration.GetSection(RateLimitOptions.Section));
        services.Configure<VerificationOptions>(configuration.GetSection(VerificationOptions.Section));
        services.Configure<GatewaySettings>(installation.Api.ApplyTo);
        services.Configure<AccessTokenOptions>(configuration.GetSection(AccessTokenOptions.Section));
        services.Configure<AccessTokenOptions>(configuration.GetSection(VerificationOptions.Section));
        services.Configure<CountryOptions>(installation.Countries.ApplyTo);
        services.Configure<EncryptionKeyOptions>(configuration.GetSection(EncryptionKeyOptions.Section));
        services.Configure<UsageOptions>(configuration.GetSection(UsageOptions.Section));
        services.Configure<EmailOptions>(configuration.GetSection(EmailOptions.Section));
        services.PostConfigure<EmailOptions>(options => FindPickupDirectory(options, installation.Folders, development));
        services.Configure<DemoOptions>(configuration.GetSection(DemoOptions.Section));
        services.AddFinConsoleCore(installation.Provider, installation.ConnectionString);
        if (installation.Demo)
            services.AddDemoData(installation.Provider, installation.ConnectionString);
    }

    private static void FindPickupDirectory(EmailOptions options, ConsoleFolders folders, bool development)
    {
        if (options.PickupDirectory is { Length: > 0 } configured)
            options.PickupDirectory = folders.Resolve(configured);
        else if (development && string.IsNullOrEmpty(options.SmtpHost))
            options.PickupDirectory = Path.Combine(folders.Data, "mail");
    }
}
