using FinConsole.Core.ApiTokens;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting.Faults;

/// <summary>
/// An installation in a folder of its own, with one tenant, a member's access token and one API token, made by the program in this
/// process; then it is served by processes that may be killed.
/// </summary>
internal sealed class SeededInstallation : IDisposable
{
    private SeededInstallation(TestDatabase? database) => Process = new ConsoleProcess(database);

    public ConsoleProcess Process { get; }

    public TestTenant Tenant { get; private set; } = null!;

    /// <summary>The developer's JWT: sessions outlive the process.</summary>
    public string Access { get; private set; } = "";

    /// <summary>With <c>read:*</c> and <c>rotate:self</c>.</summary>
    public NewApiToken Token { get; private set; } = null!;

    public static async Task<SeededInstallation> MakeAsync(TestDatabase? database = null)
    {
        var made = new SeededInstallation(database);
        foreach (var limit in new[] { "PerTokenPerMinute", "PerTenantPerMinute", "PerAccountPerMinute", "PerIpPerMinute", "SignInPerIpPerMinute" })
            made.Process.Settings["RateLimits__" + limit] = "0";
        CoreHost.WriteRingCertificate(made.Process.Settings["KeyRing__CertificateFile"]);
        await using var seeding = new Seeding(made.Process.Settings);
        await seeding.InitializeAsync();
        made.Tenant = seeding.Tenant;
        made.Token = await seeding.MakeTokenAsync("Seed", "read:*", "rotate:self");
        var access = await seeding.Services.GetRequiredService<SignInProgram>()
            .HandleAsync(seeding.Tenant.Developer.Email, TestMember.Secret, new Core.Common.Secret(""), TestTenants.Origin, Stop);
        Assert.True(access.Succeeded, access.Error?.ToString());
        made.Access = access.Value.AccessToken.Reveal();
        return made;
    }

    public void Dispose() => Process.Dispose();

    private sealed class Seeding(IReadOnlyDictionary<string, string> environment) : ApiConsole
    {
        protected override IEnumerable<(string Name, string Value)> Settings =>
            environment.Where(pair => !pair.Key.StartsWith("ASPNETCORE", StringComparison.Ordinal))
                .Select(pair => (pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value));
    }
}
