using FinConsole.Core.ApiTokens;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Data.Changes;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting.Faults;

/// <summary>Holds the database against what was acknowledged, and its parts against each other.</summary>
internal static class Survivors
{
    public static async Task CheckAsync(SeededInstallation installation, Acknowledged acknowledged)
    {
        await using var services = CoreHost.BuildServices(installation.Process.Provider, installation.Process.ConnectionString + ";Pooling=False", TimeProvider.System);
        await using var db = services.GetRequiredService<Core.Data.ConsoleDb>().Open(installation.Tenant.Id);
        await using var moment = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, Stop);
        var tokens = await db.Set<ApiToken>().AsNoTracking().ToDictionaryAsync(token => token.Id, Stop);
        var entries = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Result == AuditResult.Success).ToListAsync(Stop);

        Assert.Empty(acknowledged.Created.Keys.Except(tokens.Keys));
        Assert.Empty(acknowledged.Rotated.Keys.Except(tokens.Keys));
        Assert.All(acknowledged.Rotated.Keys, id => Assert.NotNull(tokens[id].PredecessorId));
        Assert.All(acknowledged.Edited, edit => Assert.True(Later(tokens[edit.Key].Holder) >= Later(edit.Value), $"{edit.Value} is lost: {tokens[edit.Key].Holder}"));
        Assert.All(acknowledged.Invalidated.Keys, id => Assert.Equal(TokenEnd.Invalidated, tokens[id].EndReason));

        // One entry a change, and one change an entry.
        Assert.Equal(Ids(tokens.Values.Select(token => (Guid?)token.Id)), Ids(Of(AuditAction.TokenCreate, AuditAction.TokenRotate)));
        Assert.Equal(Ids(Ended(TokenEnd.Invalidated)), Ids(Of(AuditAction.TokenInvalidate)));
        Assert.Equal(Ids(Ended(TokenEnd.Retired)), Ids(Of(AuditAction.TokenRetire)));

        var numbers = await db.Set<Change>().Select(change => change.Number).OrderBy(number => number).ToListAsync(Stop);
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
        Assert.Equal(numbers.Count, await db.Set<Counter>().Where(counter => counter.Name == Counter.Changes).Select(counter => counter.Value).SingleAsync(Stop));

        IEnumerable<Guid?> Of(params AuditAction[] actions) => entries.Where(entry => actions.Contains(entry.Action)).Select(entry => entry.ResourceId);
        IEnumerable<Guid?> Ended(TokenEnd end) => tokens.Values.Where(token => token.EndReason == end).Select(token => (Guid?)token.Id);
    }

    private static List<Guid?> Ids(IEnumerable<Guid?> ids) => [.. ids.Order()];

    private static int Later(string? holder) => int.Parse(holder!["Holder ".Length..], System.Globalization.CultureInfo.InvariantCulture);
}
