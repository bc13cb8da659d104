using FinConsole.Web.Hosting.Circuits;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.Hosting;

public sealed class LiveSessionsTests
{
    private static readonly Guid Tenant = Guid.Parse("0198a000-0000-7000-8000-000000000001");
    private static readonly Guid Mine = Guid.Parse("0198a000-0000-7000-8000-000000000002");
    private static readonly Guid Other = Guid.Parse("0198a000-0000-7000-8000-000000000003");

    private readonly FakeTimeProvider _time = new();
    private readonly LiveSessions _live;

    public LiveSessionsTests() => _live = new LiveSessions(_time);

    [Fact]
    public async Task Tells_the_page_first_and_aborts_its_connection_soon_after()
    {
        var watch = new SessionWatch();
        var told = new TaskCompletionSource();
        var aborted = new TaskCompletionSource<bool>();
        watch.Ended += told.SetResult;
        using var circuit = _live.AddCircuit(Tenant, Mine, watch);
        using var connection = _live.AddConnection(Tenant, Mine, () => aborted.SetResult(told.Task.IsCompleted));

        _live.End(Mine);

        Assert.True(told.Task.IsCompleted);
        Assert.False(aborted.Task.IsCompleted);
        _time.Advance(LiveSessions.Grace);
        Assert.True(await aborted.Task.WaitAsync(TimeSpan.FromSeconds(5), Stop));
    }

    [Fact]
    public void Leaves_the_pages_of_other_sessions_alone()
    {
        var watch = new SessionWatch();
        var told = 0;
        watch.Ended += () => told++;
        using var circuit = _live.AddCircuit(Tenant, Other, watch);

        _live.End(Mine);

        Assert.Equal(0, told);
    }

    [Fact]
    public void Tells_a_page_once()
    {
        var watch = new SessionWatch();
        var told = 0;
        watch.Ended += () => told++;
        using var circuit = _live.AddCircuit(Tenant, Mine, watch);

        _live.End(Mine);
        _live.End(Mine);

        Assert.Equal(1, told);
    }

    [Fact]
    public void Forgets_a_session_whose_pages_are_all_closed()
    {
        var circuit = _live.AddCircuit(Tenant, Mine, new SessionWatch());
        var connection = _live.AddConnection(Tenant, Mine, () => { });
        Assert.Equal([(Tenant, Mine)], _live.All);

        circuit.Dispose();
        connection.Dispose();

        Assert.Empty(_live.All);
    }
}
