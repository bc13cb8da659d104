using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SavedViews;

/// <summary>A view as it is offered.</summary>
/// <param name="Query">The filters, as the list's address has them.</param>
/// <param name="Shared">The tenant's, and not the actor's own.</param>
/// <param name="SavedBy">Who saved it last, by address.</param>
public sealed record SavedViewRow(Guid Id, SavedViewList List, string Name, string Query, bool Shared, string SavedBy, DateTimeOffset SavedAt)
{
    public SavedViewKey Key => new(Id, List, Shared);
}

/// <summary>Lists the views of a list that the actor has: own ones first, then those that the tenant shares, by name.</summary>
public sealed class ListSavedViews(ConsoleDb db, PermissionGuard guard)
{
    public async Task<Result<IReadOnlyList<SavedViewRow>>> HandleAsync(SavedViewList list, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, SavedViewChanges.PermissionToRead(list), SavedViewChanges.Subject(null, null), cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        var views = context.Set<SavedView>().Where(view => view.List == list);
        // Two walks of two indexes; no index serves the two conditions as one.
        var rows = await views.Where(view => view.OwnerId == actor.Id).Concat(views.Where(view => view.OwnerId == null))
            .Select(view => new SavedViewRow(view.Id, view.List, view.Name, view.Query, view.OwnerId == null, view.SavedBy, view.SavedAt))
            .ToListAsync(cancellationToken);
        return Result.Of<IReadOnlyList<SavedViewRow>>([.. rows.OrderBy(row => row.Shared).ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase)]);
    }
}
