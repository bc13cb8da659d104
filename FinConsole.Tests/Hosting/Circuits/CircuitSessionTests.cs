using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using Xunit;

namespace FinConsole.Tests.Hosting.Circuits;

/// <summary>A circuit starts only from what was rendered for the session that connects.</summary>
public sealed class CircuitSessionTests(ApiConsole console) : IClassFixture<ApiConsole>, IAsyncLifetime
{
    private const string Page = ConsoleUrls.Profile;
    private const string Reload = "Blazor._internal.navigationManager.refresh";

    private readonly RawBrowser _developer = new(console.Address);
    private readonly RawBrowser _reviewer = new(console.Address);

    public async ValueTask InitializeAsync()
    {
        await _developer.SignInAsync(console.Tenant.Developer);
        await _reviewer.SignInAsync(console.Tenant.Reviewer);
    }

    public ValueTask DisposeAsync()
    {
        _developer.Dispose();
        _reviewer.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Starts_from_the_markers_of_the_sessions_own_page()
    {
        await using var circuit = await RawCircuit.ConnectAsync(_developer);

        await circuit.StartAsync(Page, await RawCircuit.MarkersAsync(_developer, Page));

        await circuit.WaitForTextAsync(console.Tenant.Developer.Email);
    }

    [Fact]
    public async Task Shows_nothing_from_the_markers_of_another_members_page()
    {
        var markers = await RawCircuit.MarkersAsync(_developer, Page);
        await using var circuit = await RawCircuit.ConnectAsync(_reviewer);

        await circuit.StartAsync(Page, markers);

        await AssertRefusedAsync(circuit);
    }

    [Fact]
    public async Task Shows_nothing_from_them_either_when_they_come_with_the_start_itself()
    {
        var markers = await RawCircuit.MarkersAsync(_developer, Page);
        await using var own = await RawCircuit.ConnectAsync(_developer);
        await own.StartAtOnceAsync(Page, markers);
        await own.WaitForTextAsync(console.Tenant.Developer.Email);
        await using var circuit = await RawCircuit.ConnectAsync(_reviewer);

        await circuit.StartAtOnceAsync(Page, await RawCircuit.MarkersAsync(_developer, Page));

        await AssertRefusedAsync(circuit);
    }

    [Fact]
    public async Task Shows_nothing_from_the_markers_of_an_earlier_session_of_the_same_member()
    {
        var markers = await RawCircuit.MarkersAsync(_developer, Page);
        using var later = new RawBrowser(console.Address);
        await later.SignInAsync(console.Tenant.Developer);
        await using var circuit = await RawCircuit.ConnectAsync(later);

        await circuit.StartAsync(Page, markers);

        await AssertRefusedAsync(circuit);
    }

    private async Task AssertRefusedAsync(RawCircuit circuit)
    {
        await circuit.WaitForCallAsync(Reload);
        // Nor is anything carried out afterwards.
        await circuit.NavigateAsync(ConsoleUrls.Sessions);
        await circuit.SettleAsync();
        Assert.DoesNotContain("fc-shell", circuit.Drawn, StringComparison.Ordinal);
        foreach (var member in new[] { console.Tenant.Developer, console.Tenant.Reviewer })
            Assert.DoesNotContain(member.Email, circuit.Drawn, StringComparison.Ordinal);
    }
}
