using System.Net;
using System.Text.RegularExpressions;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Core.Onboarding;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Fixtures;

/// <summary>The whole program in this process, on a database and secrets of its own, with one tenant. Passwords and pairs cost little.</summary>
public partial class WebConsole : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string Email = "ann@acme.example";
    public const string Password = "seven lanterns over the harbour";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("finconsole-web-");

    public virtual async ValueTask InitializeAsync()
    {
        var request = new OnboardTenantRequest("Acme", "acme.example", "Ann Archer", Email, new Secret(Password));
        var onboarded = await Services.GetRequiredService<OnboardTenant>().HandleAsync(request, RequestOrigin.None, Stop);
        Assert.True(onboarded.Succeeded);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>What the API's routes refused in this host; what they do not declare becomes 599.</summary>
    public RefusalWatch Refusals { get; } = new();

    /// <summary>A browser without a session: it keeps cookies and follows nothing.</summary>
    public HttpClient Browser() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri("https://localhost") });

    /// <summary>Posts a form of a page as a browser does: with what its hidden fields hold.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, params (string Name, string Value)[] fields) =>
        await (await OpenFormAsync(browser, page))(fields);

    /// <summary>Opens a form as a browser does; it is posted when what this gives is called.</summary>
    public static async Task<Func<(string Name, string Value)[], Task<HttpResponseMessage>>> OpenFormAsync(HttpClient browser, string page)
    {
        var html = await browser.GetStringAsync(page, Stop);
        var hidden = HiddenFields().Matches(html).Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        return fields => browser.PostAsync(page, new FormUrlEncodedContent(hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))), Stop);
    }

    public static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string password = Password, string page = "/account/login") =>
        PostAsync(browser, page, ("Form.Email", Email), ("Form.Password", password));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        var certificate = Path.Combine(_folder.FullName, "keyring.pfx");
        CoreHost.WriteRingCertificate(certificate);
        builder.UseEnvironment("Development");
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.UseSetting("Demo:Enabled", "false");
        builder.UseSetting("ConnectionStrings:FinConsole", $"Data Source={Path.Combine(_folder.FullName, "test.db")}");
        builder.UseSetting("Pepper:File", Path.Combine(_folder.FullName, "pepper"));
        builder.UseSetting("KeyRing:CertificateFile", certificate);
        builder.UseSetting("Mail:PickupDirectory", Path.Combine(_folder.FullName, "mail"));
        builder.ConfigureTestServices(services => services
            .AddSingleton<IStartupFilter>(Refusals)
            .AddSingleton<KeyPairs, StockedKeyPairs>()
            .Configure<PasswordHasherOptions>(options => options.IterationCount = CountingHasher.Iterations));
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenFields();
}
