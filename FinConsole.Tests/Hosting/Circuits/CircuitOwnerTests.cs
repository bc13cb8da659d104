using System.Net;
using System.Reflection;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using FinConsole.Web.Hosting.Circuits;
using Microsoft.AspNetCore.Components.Server;
using Xunit;

namespace FinConsole.Tests.Hosting.Circuits;

/// <summary>Whoever knows a circuit's secret, and has the cookie of another session, can neither take the circuit up nor end it.</summary>
public sealed class CircuitOwnerTests(ApiConsole console) : IClassFixture<ApiConsole>, IAsyncLifetime
{
    private const string Page = ConsoleUrls.Profile;

    private readonly RawBrowser _owner = new(console.Address);
    private readonly RawBrowser _sameMember = new(console.Address);
    private readonly RawBrowser _colleague = new(console.Address);
    private readonly RawBrowser _otherTenant = new(console.Address);

    private IEnumerable<RawBrowser> Others => [_sameMember, _colleague, _otherTenant];

    public async ValueTask InitializeAsync()
    {
        await _owner.SignInAsync(console.Tenant.Developer);
        await _sameMember.SignInAsync(console.Tenant.Developer);
        await _colleague.SignInAsync(console.Tenant.Reviewer);
        await _otherTenant.SignInAsync((await console.NewTenantAsync()).Admin);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var browser in new[] { _owner, _sameMember, _colleague, _otherTenant })
            browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Others_are_drawn_nothing_of_a_circuit_whose_secret_they_name()
    {
        var secret = await StartAndLeaveAsync();

        foreach (var browser in Others)
        {
            await using var circuit = await RawCircuit.ConnectAsync(browser);
            Assert.False(await circuit.ResumeAsync(secret));
            Assert.False(await circuit.ResumeAsync(secret[..secret.LastIndexOf('.')]));
            Assert.Null(await circuit.ResumeAsNewAsync(secret, Page));
            await circuit.SettleAsync();
            Assert.False(circuit.HasDrawn);
        }
    }

    [Fact]
    public async Task Its_owner_takes_it_up_again()
    {
        var secret = await StartAndLeaveAsync();

        await using var circuit = await RawCircuit.ConnectAsync(_owner);
        Assert.True(await circuit.ResumeAsync(secret));
        await circuit.NavigateAsync(ConsoleUrls.Password);
        await circuit.WaitForTextAsync("New password");
    }

    [Fact]
    public async Task Others_cannot_end_it_and_its_owner_can()
    {
        var secret = await StartAndLeaveAsync();

        foreach (var browser in Others)
            Assert.Equal(HttpStatusCode.BadRequest, await LeaveAsync(browser, secret));
        await using (var circuit = await RawCircuit.ConnectAsync(_owner))
            Assert.True(await circuit.ResumeAsync(secret));

        Assert.Equal(HttpStatusCode.OK, await LeaveAsync(_owner, secret));
        await using var late = await RawCircuit.ConnectAsync(_owner);
        Assert.False(await late.ResumeAsync(secret));
    }

    [Theory]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"circuitId\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"circuitId\"\r\n\r\nnot whole")]
    public async Task A_form_that_cannot_be_read_ends_nothing_and_is_refused(string body)
    {
        using var form = new StringContent(body);
        form.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        Assert.Equal(HttpStatusCode.BadRequest, await LeaveAsync(_owner, form));
    }

    [Fact]
    public void The_framework_names_circuits_where_the_filter_looks_and_nowhere_else()
    {
        var methods = typeof(CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.ComponentHub", throwOnError: true)!
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

        var taking = methods.Where(method => method.GetParameters().Any(parameter => parameter.Name!.Contains("circuit", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(["ConnectCircuit", "ResumeCircuit"], taking.Select(method => method.Name).Order());
        Assert.All(taking, method => Assert.Contains(method.GetParameters(), parameter => parameter.Name == CircuitOwners.SecretParameter));
        Assert.Equal(["ResumeCircuit", "StartCircuit"], methods.Where(method => method.ReturnType == typeof(ValueTask<string>)).Select(method => method.Name).Order());
    }

    private async Task<string> StartAndLeaveAsync()
    {
        await using var circuit = await RawCircuit.ConnectAsync(_owner);
        var secret = await circuit.StartAsync(Page, await RawCircuit.MarkersAsync(_owner, Page));
        await circuit.WaitForTextAsync(console.Tenant.Developer.Email);
        return secret;
    }

    private async Task<HttpStatusCode> LeaveAsync(RawBrowser browser, string secret)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("circuitId", secret)]);
        return await LeaveAsync(browser, form);
    }

    private async Task<HttpStatusCode> LeaveAsync(RawBrowser browser, HttpContent form) =>
        (await browser.SendAsync(HttpMethod.Post, "/_blazor/disconnect", form, ("Origin", console.Address.GetLeftPart(UriPartial.Authority)))).StatusCode;
}
