using FinConsole.Core.AuditLog.Chain;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Layout;
using Xunit;

namespace FinConsole.Tests.Components;

/// <summary>What a page says in the place of its content when something went wrong on it.</summary>
public sealed class PageFailureTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Theory]
    [InlineData(false, "Nothing was changed. Try again")]
    [InlineData(true, "The audit log is missing or was altered in the database. What cannot be recorded does not happen")]
    public async Task A_log_that_takes_no_entry_is_told_from_a_bug(bool broken, string text)
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        Exception failure = broken ? new AggregateException(new AuditChainBrokenException("Of the database's words nothing is shown.")) : new InvalidOperationException("A bug.");

        var page = console.Show<PageFailure>(parameters => parameters.Add(each => each.Failure, failure));

        Assert.Contains(text, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message, page.Markup, StringComparison.Ordinal);
    }
}
