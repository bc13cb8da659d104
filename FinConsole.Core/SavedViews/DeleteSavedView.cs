using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SavedViews;

/// <summary>Deletes a view. Whoever has its filters in their address keeps them.</summary>
public sealed class DeleteSavedView(AuditedTransactions transactions)
{
    public async Task<Result> HandleAsync(SavedViewKey key, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(
            actor, SavedViewChanges.PermissionFor(key.List, key.Shared), AuditAction.SavedViewDelete, SavedViewChanges.Subject(key.Id, null), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        var which = SavedViewChanges.Find(transaction, key);
        if (await which.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } view || await which.ExecuteDeleteAsync(cancellationToken) == 0)
            return SavedViewErrors.NoSuchView;

        transaction.Audit(AuditAction.SavedViewDelete, SavedViewChanges.Subject(view.Id, view.Name), SavedViewChanges.Details(view));
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}
