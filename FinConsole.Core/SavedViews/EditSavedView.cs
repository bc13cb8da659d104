using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SavedViews;

/// <param name="View">Which.</param>
/// <param name="Name">The new name; null leaves it.</param>
/// <param name="Query">The new filters; null leaves them.</param>
public sealed record EditSavedViewRequest(SavedViewKey View, string? Name = null, string? Query = null);

/// <summary>Renames a view, or gives it other filters.</summary>
public sealed class EditSavedView(AuditedTransactions transactions)
{
    public async Task<Result> HandleAsync(EditSavedViewRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var key = request.View;
        var begun = await transactions.BeginAsync(
            actor, SavedViewChanges.PermissionFor(key.List, key.Shared), AuditAction.SavedViewEdit, SavedViewChanges.Subject(key.Id, request.Name), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (await SavedViewChanges.Find(transaction, key).SingleOrDefaultAsync(cancellationToken) is not { } view)
            return SavedViewErrors.NoSuchView;
        if (Validate(request, transaction.Now) is { Count: > 0 } errors)
            return Error.Invalid(errors);

        var (name, query) = (request.Name is { } named ? PlainText.Clean(named) : view.Name, request.Query is { } filters ? SavedViewFilters.Write(filters) : view.Query);
        if (name == view.Name && query == view.Query)
            return Result.Success;
        var details = new AuditDetails().With(AuditField.List, view.List).With(AuditField.Shared, key.Shared).Change(AuditField.Name, view.Name, name);
        if (key.Shared)
            details.Change(AuditField.Query, view.Query, query);
        (view.Name, view.NameKey, view.Query, view.SavedBy, view.SavedAt) = (name, SavedViewChanges.KeyOf(name), query, actor.Name, transaction.Now);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return SavedViewErrors.NameTaken(key.Shared).On(nameof(request.Name));

        transaction.Audit(AuditAction.SavedViewEdit, SavedViewChanges.Subject(view.Id, view.Name), details);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }

    private static Dictionary<string, string> Validate(EditSavedViewRequest request, DateTimeOffset now)
    {
        var errors = new Dictionary<string, string>();
        if (request.Name is { } name && PlainText.Fault(name, SavedView.LongestName) is { } fault)
            errors[nameof(request.Name)] = fault;
        if (request.Query is { } query && SavedViewFilters.Fault(request.View.List, query, now) is { } wrong)
            errors[nameof(request.Query)] = wrong;
        return errors;
    }
}
