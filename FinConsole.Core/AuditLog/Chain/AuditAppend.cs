using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>An entry as a use case states it, before it gets its place in the chain.</summary>
internal sealed record AuditDraft(AuditAction Action, AuditSubject Subject, AuditResult Result, AuditDetails Details, Actor Actor);

/// <summary>Entries that were written, and the end of the chain behind them, to be read back before the commit.</summary>
internal sealed record AppendedEntries(IReadOnlyList<AuditEntry> Entries, AuditHead Head)
{
    public ChainEnd End => new(Head.TenantId, Head.Size, Head.Link);
}

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
    /// <returns>What <see cref="ConfirmAsync"/> takes, as the transaction's last step before the commit.</returns>
    /// <exception cref="AuditChainBrokenException">The log is missing, or a new one cannot be listed.</exception>
    public async Task<IReadOnlyList<AppendedEntries>> AppendAsync(
        ConsoleDbContext context, DateTimeOffset at, IReadOnlyList<AuditDraft> drafts, Tenant? founded, CancellationToken cancellationToken)
    {
        var (appended, genuine) = await AppendAsync(context, at, drafts, cancellationToken);
        if (founded is not null)
            return [appended, await ListAsync(context, at, founded, appended.End, drafts[0].Actor, cancellationToken)];
        if (context.TenantId == Tenant.Operator && genuine)
            // There are few of these entries, so that each is anchored at once.
            await register.MoveAsync(context, [appended.End], cancellationToken);
        return [appended];
    }

    /// <summary>
    /// Reads back what was appended. A trigger or a rule can keep a row out, or change it, without any error: then there is no entry, and
    /// no change.
    /// </summary>
    /// <exception cref="AuditChainBrokenException">The database does not hold what was written.</exception>
    public static async Task ConfirmAsync(
        ConsoleDbContext context, IReadOnlyList<AppendedEntries> appended, CancellationToken cancellationToken)
    {
        foreach (var (entries, head) in appended)
        {
            var stored = await StoredEntries.ReadAppendedAsync(
                context, head.TenantId, entries[0].Sequence, entries[^1].Sequence, cancellationToken);
            if (stored.Count != entries.Count || !stored.Zip(entries).All(pair => IsSame(pair.First, pair.Second, head)))
                throw new AuditChainBrokenException(Texts.Format(AuditChainTexts.NotWritten, head.TenantId.ToString("D")));
        }
    }

    // A link covers all that an entry says.
    private static byte[] ContentOf(AuditEntry entry) => AuditChain.LinkOf(AuditChain.Origin, entry);

    private static bool IsSame((StoredEntry Entry, AuditHead Head) stored, AuditEntry written, AuditHead head)
    {
        var (entry, end) = (stored.Entry.Entry, stored.Head);
        return stored.Entry.Canonical && ContentOf(entry).AsSpan().SequenceEqual(ContentOf(written)) && entry.Link.AsSpan().SequenceEqual(written.Link)
            && entry.Tag.AsSpan().SequenceEqual(written.Tag) && end.Size == head.Size && end.Epoch == head.Epoch
            && end.Link.AsSpan().SequenceEqual(head.Link) && end.Tag.AsSpan().SequenceEqual(head.Tag);
    }

    private async Task<AppendedEntries> ListAsync(
        ConsoleDbContext context, DateTimeOffset at, Tenant tenant, ChainEnd end, Actor actor, CancellationToken cancellationToken)
    {
        var details = new AuditDetails().With(AuditField.Size, end.Size).With(AuditField.Head, Convert.ToHexStringLower(end.Link));
        var draft = new AuditDraft(
            AuditAction.TenantOnboard, new AuditSubject(AuditResource.Tenant, tenant.Id, tenant.Name), AuditResult.Success, details, actor);
        AppendedEntries appended;
        bool genuine;
        context.TenantId = Tenant.Operator;
        try
        {
            (appended, genuine) = await AppendAsync(context, at, [draft], cancellationToken);
        }
        finally
        {
            context.TenantId = tenant.Id;
        }

        if (!await register.AddAsync(context, tenant.Name, tenant.CreatedAt, end, genuine ? appended.End : null, cancellationToken))
            throw new AuditChainBrokenException(AuditChainTexts.RegisterBroken);
        return appended;
    }

    private async Task<(AppendedEntries Appended, bool Genuine)> AppendAsync(
        ConsoleDbContext context, DateTimeOffset at, IReadOnlyList<AuditDraft> drafts, CancellationToken cancellationToken)
    {
        // The update locks the head's row until the commit: writers of one tenant follow one another, whatever the isolation level.
        var locked = await context.Set<AuditHead>().ExecuteUpdateAsync(
            set => set.SetProperty(head => head.Size, head => head.Size + drafts.Count), cancellationToken);
        if (locked != 1)
            throw AuditChainBrokenException.OfMissing(context.TenantId);

        var read = await context.Set<AuditHead>().AsNoTracking()
            .Select(row => new { Head = row, Epoch = context.Set<AuditSeal>().Max(seal => (long?)seal.Epoch) })
            .SingleAsync(cancellationToken);
        var head = read.Head;
        head.Size -= drafts.Count;
        // An end that this program did not write stays one that it did not write: appending must not make good what somebody altered.
        var genuine = chain.IsGenuine(head);
        var entries = new List<AuditEntry>(drafts.Count);
        foreach (var draft in drafts)
        {
            var entry = MakeEntry(context.TenantId, ++head.Size, at, draft, head.Link);
            head.Link = entry.Link;
            entries.Add(entry);
            context.Add(entry);
        }

        await context.SaveKeptAsync(Texts.Format(AuditChainTexts.NotWritten, context.TenantId.ToString("D")), cancellationToken);
        head.Epoch = Math.Max(head.Epoch, read.Epoch ?? 0);
        if (genuine)
            head.Tag = chain.TagOfHead(context.TenantId, head.Size, head.Link, head.Epoch);
        await context.Set<AuditHead>().ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Link, head.Link).SetProperty(row => row.Epoch, head.Epoch).SetProperty(row => row.Tag, head.Tag),
            cancellationToken);
        return (new AppendedEntries(entries, head), genuine);
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

    private static string Cut(string text)
    {
        var masked = SecretText.MaskKept(text);
        return masked.Length <= AuditEntry.LongestName ? masked : masked[..AuditEntry.LongestName];
    }
}
