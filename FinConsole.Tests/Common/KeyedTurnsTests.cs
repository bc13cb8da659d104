using FinConsole.Core.Common;
using Xunit;

namespace FinConsole.Tests.Common;

/// <summary>One caller a key at a time, and none of another key is held up.</summary>
public sealed class KeyedTurnsTests
{
    private readonly KeyedTurns<string> _turns = new();

    [Fact]
    public async Task The_second_caller_of_a_key_waits_until_the_first_has_left()
    {
        var first = await _turns.EnterAsync("a", Stop);
        var second = _turns.EnterAsync("a", Stop).AsTask();
        using var other = await _turns.EnterAsync("b", Stop);
        Assert.False(second.IsCompleted);

        first.Dispose();
        // Leaving twice lets one in, not two.
        first.Dispose();

        using var entered = await second;
        Assert.False(_turns.EnterAsync("a", Stop).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_holds_nobody_up()
    {
        using var impatient = new CancellationTokenSource();
        var first = await _turns.EnterAsync("a", Stop);
        var second = _turns.EnterAsync("a", impatient.Token).AsTask();

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();

        using var third = await _turns.EnterAsync("a", Stop);
    }
}
