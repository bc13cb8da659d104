using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SavedViews;

/// <summary>What saving, changing and deleting views have in common: who may, and what the log keeps of it.</summary>
internal static class SavedViewChanges
{
    /// <summary>Who reads a list may name its filters; a shared view changes what everybody sees, and takes its own permission.</summary>
    public static Permission PermissionFor(SavedViewList list, bool shared) => shared ? Permission.ShareViews : PermissionToRead(list);

    public static Permission PermissionToRead(SavedViewList list) => list == SavedViewList.AuditLog ? Permission.ReadAudit : Permission.ReadLoginHistory;

    public static AuditSubject Subject(Guid? id, string? name) =>
        new(AuditResource.SavedView, id, PlainText.ForStorage(name ?? "", AuditEntry.LongestName));

    /// <summary>A shared view's filters are everybody's to know. What a member looks for on their own is not.</summary>
    public static AuditDetails Details(SavedView view)
    {
        var details = new AuditDetails().With(AuditField.List, view.List).With(AuditField.Shared, view.OwnerId is null);
        return view.OwnerId is null ? details.With(AuditField.Query, view.Query) : details;
    }

    /// <summary>The actor's own view of this id, or the tenant's shared one.</summary>
    public static IQueryable<SavedView> Find(AuditedTransaction transaction, SavedViewKey key)
    {
        Guid? owner = key.Shared ? null : transaction.Actor.Id;
        return transaction.Db.Set<SavedView>().Where(view => view.Id == key.Id && view.List == key.List && view.OwnerId == owner);
    }

    /// <summary>
    /// Holds the row of whose views these are to the end of the transaction, so that the number of views stays bounded: an update that changes
    /// nothing is the lock that all three databases share.
    /// </summary>
    public static Task HoldAsync(AuditedTransaction transaction, bool shared, CancellationToken cancellationToken) => shared
        ? transaction.Db.Set<Tenant>().Where(tenant => tenant.Id == transaction.Actor.TenantId)
            .ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.ClosedAt, tenant => tenant.ClosedAt), cancellationToken)
        : transaction.Db.Set<ConsoleUser>().Where(member => member.Id == transaction.Actor.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(member => member.DeactivatedAt, member => member.DeactivatedAt), cancellationToken);

    public static string KeyOf(string name) => name.ToLowerInvariant();
}

/// <summary>Which view: an id alone would not say by whose permission it is changed.</summary>
/// <param name="Id">The view's.</param>
/// <param name="List">The list that it is a view of.</param>
/// <param name="Shared">Whether it is the tenant's, and not the actor's own.</param>
public sealed record SavedViewKey(Guid Id, SavedViewList List, bool Shared);
