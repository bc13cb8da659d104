using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Data.Changes;

/// <summary>Writes changes inside the caller's transaction, as its last step: the counter's row stays locked from here to the commit.</summary>
internal static class ChangeWriting
{
    public static async Task WriteAsync(
        ConsoleDbContext context, IReadOnlyCollection<(ChangeKind Kind, Guid Subject)> changes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
            return;

        await context.Set<Counter>().Where(counter => counter.Name == Counter.Changes)
            .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value + changes.Count), cancellationToken);
        var last = await context.Set<Counter>().AsNoTracking().Where(counter => counter.Name == Counter.Changes)
            .Select(counter => counter.Value).SingleAsync(cancellationToken);
        var number = last - changes.Count;
        foreach (var (kind, subject) in changes)
            context.Add(new Change { Number = ++number, TenantId = context.TenantId, Kind = kind, SubjectId = subject, At = at });
        await context.SaveChangesAsync(cancellationToken);
        if (context.Dialect.ChangeNotice is { } notice)
            await context.Database.ExecuteSqlRawAsync(notice, cancellationToken);
    }
}
