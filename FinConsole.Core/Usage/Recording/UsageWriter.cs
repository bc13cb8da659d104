using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Usage.Recording;

/// <summary>
/// Writes counts into the rows that all instances add to, in one transaction. Rows are taken in one order everywhere (tokens, scopes,
/// hours, refusals; each by its key), so that two instances cannot wait for each other.
/// </summary>
internal sealed class UsageWriter(ConsoleDb db, WriteQueue queue)
{
    private const int TokensPerStatement = 100;

    private static readonly MergeTable Hours = new(
        "UsageHours", ["TenantId", "Hour", "TokenId", "Endpoint", "Status", "Country"], [("Count", MergeRule.Add)]);

    private static readonly MergeTable Scopes = new("TokenScopeUses", ["TenantId", "TokenId", "Scope"], [("LastHour", MergeRule.Greatest)]);

    private static readonly MergeTable Failures = new("TokenFailures", ["TenantId", "Hour", "TokenId", "Reason", "Ip"], [("Count", MergeRule.Add)]);

    public async Task WriteAsync(UsagePiece piece, CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        foreach (var chunk in piece.LastUses.OrderBy(use => use.Key).Chunk(TokensPerStatement))
            await MoveLastUsesAsync(context, chunk, cancellationToken);
        await context.MergeAsync(Scopes, Ordered(piece.Scopes.Select(use => new object[] { use.Key.Tenant, use.Key.Token, use.Key.Scope, use.Value })), cancellationToken);
        await context.MergeAsync(
            Hours,
            Ordered(piece.Hours.Select(row => new object[] { row.Key.TenantId, row.Key.Hour, row.Key.TokenId, row.Key.Endpoint, (int)row.Key.Status, row.Key.Country, row.Value })),
            cancellationToken);
        await context.MergeAsync(
            Failures, Ordered(piece.Failures.Select(row => new object[] { row.Key.TenantId, row.Key.Hour, row.Key.TokenId, (int)row.Key.Reason, row.Key.Ip, row.Value })), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // Forward only: another instance may have seen the token later, and have written it before.
    private static Task MoveLastUsesAsync(ConsoleDbContext context, KeyValuePair<Guid, LastUse>[] uses, CancellationToken cancellationToken)
    {
        var statements = uses.Select((_, index) => (At: $"{{{index * 4}}}", Ip: $"{{{(index * 4) + 1}}}", Endpoint: $"{{{(index * 4) + 2}}}", Id: $"{{{(index * 4) + 3}}}"))
            .Select(place => $"""
                UPDATE "ApiTokens" SET "LastUsedAt" = {place.At}, "LastUsedIp" = NULLIF({place.Ip}, ''), "LastUsedEndpoint" = {place.Endpoint}
                WHERE "Id" = {place.Id} AND ("LastUsedAt" IS NULL OR "LastUsedAt" < {place.At});
                """);
        var values = uses.SelectMany(use => new object[] { use.Value.At, use.Value.Ip ?? "", use.Value.Endpoint, use.Key });
        return context.Database.ExecuteSqlRawAsync(string.Join('\n', statements), values, cancellationToken);
    }

    private static List<object[]> Ordered(IEnumerable<object[]> rows)
    {
        var sorted = rows.ToList();
        sorted.Sort(Compare);
        return sorted;
    }

    private static int Compare(object[] one, object[] other)
    {
        for (var column = 0; column < one.Length; column++)
        {
            var order = one[column] is string text ? string.CompareOrdinal(text, (string)other[column]) : ((IComparable)one[column]).CompareTo(other[column]);
            if (order != 0)
                return order;
        }

        return 0;
    }
}
