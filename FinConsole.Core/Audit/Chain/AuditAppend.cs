using FinConsole.Core.Data;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Chain;

/// <summary>An entry as a use case states it, before it gets its place in the chain.</summary>
internal sealed record AuditDraft(AuditAction Action, AuditSubject Subject, AuditResult Result, AuditDetails Details, Actor Actor);

/// <summary>Appends entries to a tenant's chain inside the caller's transaction.</summary>
internal sealed class AuditAppend(AuditChain chain)
{
    public async Task AppendAsync(ConsoleDbContext context, DateTimeOffset at, IReadOnlyList<AuditDraft> drafts, CancellationToken cancellationToken)
    {
        // The update locks the head's row until the commit: writers of one tenant follow one another, whatever the isolation level.
        var locked = await context.Set<AuditHead>().ExecuteUpdateAsync(
            set => set.SetProperty(head => head.Size, head => head.Size + drafts.Count), cancellationToken);
        if (locked != 1)
            throw new InvalidOperationException($"Tenant {context.TenantId} has no audit chain.");

        var head = await context.Set<AuditHead>().AsNoTracking().SingleAsync(cancellationToken);
        var link = head.Link;
        var sequence = head.Size - drafts.Count;
        foreach (var draft in drafts)
        {
            var entry = MakeEntry(context.TenantId, ++sequence, at, draft, link);
            link = entry.Link;
            context.Add(entry);
        }

        await context.SaveChangesAsync(cancellationToken);
        var tag = chain.TagOfHead(context.TenantId, sequence, link);
        await context.Set<AuditHead>().ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Link, link).SetProperty(row => row.Tag, tag), cancellationToken);
    }

    private AuditEntry MakeEntry(Guid tenantId, long sequence, DateTimeOffset at, AuditDraft draft, byte[] previous)
    {
        var actor = draft.Actor;
        var entry = new AuditEntry
        {
            TenantId = tenantId,
            Sequence = sequence,
            At = at,
            Action = draft.Action,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            ActorName = Cut(actor.Name),
            Resource = draft.Subject.Resource,
            ResourceId = draft.Subject.Id,
            ResourceName = Cut(draft.Subject.Name),
            Result = draft.Result,
            Ip = actor.Origin.Ip,
            UserAgent = actor.Origin.UserAgent,
            CorrelationId = actor.Origin.CorrelationId,
            Metadata = draft.Details.ToJson(),
        };
        entry.Link = AuditChain.LinkOf(previous, entry);
        entry.Tag = chain.TagOf(entry.Link);
        return entry;
    }

    private static string Cut(string text) => text.Length <= AuditEntry.LongestName ? text : text[..AuditEntry.LongestName];
}
