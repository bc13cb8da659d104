using System.Security.Cryptography.X509Certificates;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Web.Hosting.Operations;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>What this installation runs on, read and checked once at start.</summary>
/// <param name="Folders">Where its files lie.</param>
/// <param name="Provider">Which database.</param>
/// <param name="ConnectionString">For that database.</param>
/// <param name="Pepper">The secret beside the database.</param>
/// <param name="KeyRingCertificate">Protects the Data Protection ring.</param>
/// <param name="PublicUrl">Where people reach the console.</param>
/// <param name="Proxies">Whose forwarded headers are believed.</param>
/// <param name="Countries">How countries are told from addresses.</param>
/// <param name="Api">What the HTTP API runs on.</param>
/// <param name="SecurityTxt">Where to report vulnerabilities; null where that is not configured.</param>
/// <param name="Demo">Whether demo data is wanted; never outside Development.</param>
public sealed record Installation(
    ConsoleFolders Folders,
    DatabaseProvider Provider,
    string ConnectionString,
    Pepper Pepper,
    X509Certificate2 KeyRingCertificate,
    Uri PublicUrl,
    TrustedProxies Proxies,
    CountrySettings Countries,
    ApiSettings Api,
    SecurityTxt? SecurityTxt,
    bool Demo)
{
    /// <summary>Opens keys of the ring from before the certificate was replaced.</summary>
    public X509Certificate2? PreviousKeyRingCertificate { get; private init; }

    /// <summary>Origins of the console's pages beside that of <see cref="PublicUrl"/>, as browsers write them.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; private init; } = [];

    /// <summary>Reads the configuration.</summary>
    /// <param name="configuration">What was configured.</param>
    /// <param name="environment">Development is lenient and makes its own secrets; every other environment is not.</param>
    /// <param name="serves">True for the web server; commands need no address.</param>
    /// <exception cref="StartRefusedException">It is incomplete or unsafe; the message lists every fault.</exception>
    public static Installation Read(IConfiguration configuration, IHostEnvironment environment, bool serves)
    {
        var faults = new Faults();
        var development = environment.IsDevelopment();
        var folders = ConsoleFolders.Of(environment);
        var (provider, connectionString) = DatabaseSettings.Read(configuration, folders, faults);
        var pepper = PepperSource.Read(configuration, folders, development, faults);
        var certificate = Configuration.KeyRingCertificate.Read(configuration, folders, development, faults);
        var previous = Configuration.KeyRingCertificate.ReadPrevious(configuration, folders, faults);
        var proxies = TrustedProxies.Read(configuration, faults);
        var countries = CountrySettings.Read(configuration, folders, faults);
        var api = ApiSettings.Read(configuration, development, faults);
        ScanSettings.Check(configuration, faults);
        MfaSettings.Check(configuration, faults);
        var securityTxt = Operations.SecurityTxt.Read(configuration, faults);
        var publicUrl = PublicAddress.Read(configuration, development, serves, faults);
        var origins = Configuration.AllowedOrigins.Read(configuration, development, faults);
        SafetyRules.Check(configuration, proxies, development, serves, faults);

        if (faults.All.Count > 0)
            throw new StartRefusedException(faults.All);
        return new Installation(folders, provider, connectionString, pepper!, certificate!, publicUrl!, proxies, countries, api, securityTxt, SafetyRules.WantsDemo(configuration))
        {
            PreviousKeyRingCertificate = previous,
            AllowedOrigins = origins,
        };
    }
}
