using System.Net;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.Hosting;
using Xunit;

namespace FinConsole.Tests.Hosting;

public sealed class HealthTests(HealthTests.Configured console) : IClassFixture<HealthTests.Configured>
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Says_healthy_and_nothing_else_to_anybody(string address)
    {
        using var client = console.Browser();

        var answer = await client.GetAsync(address, Stop);

        Assert.Equal((HttpStatusCode.OK, "text/plain", "healthy"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, await answer.Content.ReadAsStringAsync(Stop)));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.PostAsync(address, null, Stop)).StatusCode);
    }

    [Fact]
    public async Task Serves_security_txt_as_configured()
    {
        using var client = console.Browser();

        var text = await client.GetStringAsync("/.well-known/security.txt", Stop);

        Assert.Equal("Contact: mailto:security@example.com\nContact: https://example.com/report\nPolicy: https://example.com/policy\nExpires: 2999-01-01T00:00:00Z\nPreferred-Languages: en, de\n", text);
    }

    /// <summary>With a security.txt.</summary>
    public sealed class Configured : WebConsole
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("SecurityTxt:Contact:0", "mailto:security@example.com");
            builder.UseSetting("SecurityTxt:Contact:1", "https://example.com/report");
            builder.UseSetting("SecurityTxt:Policy", "https://example.com/policy");
            builder.UseSetting("SecurityTxt:Expires", "2999-01-01T00:00:00Z");
            builder.UseSetting("SecurityTxt:PreferredLanguages", "en, de");
        }
    }
}

/// <summary>Outside a running console: what a security.txt may say.</summary>
public sealed class SecurityTxtTests
{
    [Theory]
    [InlineData("mailto:a@example.com", "", "SecurityTxt:Expires must be")]
    [InlineData("mailto:a@example.com", "next year", "SecurityTxt:Expires must be")]
    [InlineData("", "2999-01-01T00:00:00Z", "SecurityTxt:Contact is missing")]
    [InlineData("http://example.com/", "2999-01-01T00:00:00Z", "SecurityTxt:Contact holds")]
    [InlineData("mailto:a@example.com\nPolicy: https://evil.example", "2999-01-01T00:00:00Z", "SecurityTxt:Contact holds")]
    public void Refuses_to_start_with_a_file_that_nobody_could_use(string contact, string expires, string fault)
    {
        var faults = new Web.Hosting.Configuration.Faults();
        Web.Hosting.Operations.SecurityTxt.Read(Settings(contact, expires), faults);

        Assert.Contains(faults.All, each => each.StartsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Is_not_there_where_nothing_is_configured()
    {
        var faults = new Web.Hosting.Configuration.Faults();
        Assert.Null(Web.Hosting.Operations.SecurityTxt.Read(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build(), faults));
        Assert.Empty(faults.All);
    }

    private static Microsoft.Extensions.Configuration.IConfiguration Settings(string contact, string expires)
    {
        var builder = new Microsoft.Extensions.Configuration.ConfigurationBuilder();
        Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(
            builder, new Dictionary<string, string?> { ["SecurityTxt:Contact"] = contact, ["SecurityTxt:Expires"] = expires });
        return builder.Build();
    }
}
