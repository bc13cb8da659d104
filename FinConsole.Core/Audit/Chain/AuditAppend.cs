using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Chain;

/// <summary>An entry as a use case states it, before it gets its place in the chain.</summary>
internal sealed record AuditDraft(AuditAction Action, AuditSubject Subject, AuditResult Result, AuditDetails Details, Actor Actor);

/// <summary>
/// Appends entries to a tenant's chain inside the caller's transaction, and keeps the register of chains where that is due at once.
/// </summary>
internal sealed class AuditAppend(AuditChain chain, ChainRegister register)
{
    /// <param name="context">Whose tenant's chain it is.</param>
    /// <param name="at">The time of every entry.</param>
    /// <param name="drafts">In order.</param>
    /// <param name="founded">The tenant, where this transaction makes it; its log is then listed, and the operator's log says so.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="AuditChainBrokenException">The log is missing, or a new one cannot be listed.</exception>
    public async Task AppendAsync(
        ConsoleDbContext context, DateTimeOffset at, IReadOnlyList<AuditDraft> drafts, Tenant? founded, CancellationToken cancellationToken)
    {
        var (end, genuine) = await AppendAsync(context, at, drafts, cancellationToken);
        if (founded is not null)
            await ListAsync(context, at, founded, end, drafts[0].Actor, cancellationToken);
        else if (context.TenantId == Tenant.Operator && genuine)
            // There are few of these entries, so that each is anchored at once.
            await register.MoveAsync(context, [end], cancellationToken);
    }

    private async Task ListAsync(
        ConsoleDbContext context, DateTimeOffset at, Tenant tenant, ChainEnd end, Actor actor, CancellationToken cancellationToken)
    {
        var details = new AuditDetails().With(AuditField.Size, end.Size).With(AuditField.Head, Convert.ToHexStringLower(end.Link));
        var draft = new AuditDraft(
            AuditAction.TenantOnboard, new AuditSubject(AuditResource.Tenant, tenant.Id, tenant.Name), AuditResult.Success, details, actor);
        ChainEnd operatorEnd;
        bool genuine;
        context.TenantId = Tenant.Operator;
        try
        {
            (operatorEnd, genuine) = await AppendAsync(context, at, [draft], cancellationToken);
        }
        finally
        {
            context.TenantId = tenant.Id;
        }

        if (!await register.AddAsync(context, tenant.Name, tenant.CreatedAt, end, genuine ? operatorEnd : null, cancellationToken))
            throw new AuditChainBrokenException(AuditChainTexts.RegisterBroken);
    }

    private async Task<(ChainEnd End, bool Genuine)> AppendAsync(
        ConsoleDbContext context, DateTimeOffset at, IReadOnlyList<AuditDraft> drafts, CancellationToken cancellationToken)
    {
        // The update locks the head's row until the commit: writers of one tenant follow one another, whatever the isolation level.
        var locked = await context.Set<AuditHead>().ExecuteUpdateAsync(
            set => set.SetProperty(head => head.Size, head => head.Size + drafts.Count), cancellationToken);
        if (locked != 1)
            throw new AuditChainBrokenException(Texts.Format(AuditChainTexts.ChainMissing, context.TenantId.ToString("D")));

        var read = await context.Set<AuditHead>().AsNoTracking()
            .Select(row => new { Head = row, Epoch = context.Set<AuditSeal>().Max(seal => (long?)seal.Epoch) })
            .SingleAsync(cancellationToken);
        var head = read.Head;
        head.Size -= drafts.Count;
        // An end that this program did not write stays one that it did not write: appending must not make good what somebody altered.
        var genuine = chain.IsGenuine(head);
        foreach (var draft in drafts)
        {
            var entry = MakeEntry(context.TenantId, ++head.Size, at, draft, head.Link);
            head.Link = entry.Link;
            context.Add(entry);
        }

        await context.SaveChangesAsync(cancellationToken);
        head.Epoch = Math.Max(head.Epoch, read.Epoch ?? 0);
        var tag = genuine ? chain.TagOfHead(context.TenantId, head.Size, head.Link, head.Epoch) : head.Tag;
        await context.Set<AuditHead>().ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Link, head.Link).SetProperty(row => row.Epoch, head.Epoch).SetProperty(row => row.Tag, tag),
            cancellationToken);
        return (new ChainEnd(context.TenantId, head.Size, head.Link), genuine);
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
