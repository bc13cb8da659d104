using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SavedViews;

/// <param name="List">The list whose filters these are.</param>
/// <param name="Name">1 to <see cref="SavedView.LongestName"/> characters, unique among the actor's own views of the list or among the shared ones.</param>
/// <param name="Query">The filters, as in the list's address.</param>
/// <param name="Shared">For everybody in the tenant who reads the list.</param>
public sealed record SaveViewRequest(SavedViewList List, string Name, string Query, bool Shared);

/// <summary>Saves a list's filters under a name, for the actor or for the whole tenant.</summary>
public sealed class SaveView(AuditedTransactions transactions, TimeProvider time)
{
    /// <returns>The view's id.</returns>
    public async Task<Result<Guid>> HandleAsync(SaveViewRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(
            actor, SavedViewChanges.PermissionFor(request.List, request.Shared), AuditAction.SavedViewCreate, SavedViewChanges.Subject(null, request.Name), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (Validate(request, transaction.Now) is { Count: > 0 } errors)
            return Error.Invalid(errors);

        var view = MakeView(request, transaction);
        await SavedViewChanges.HoldAsync(transaction, request.Shared, cancellationToken);
        var siblings = transaction.Db.Set<SavedView>().Where(row => row.List == view.List && row.OwnerId == view.OwnerId);
        if (await siblings.AnyAsync(row => row.NameKey == view.NameKey, cancellationToken))
            return SavedViewErrors.NameTaken(request.Shared).On(nameof(request.Name));
        if (await siblings.CountAsync(cancellationToken) >= SavedView.Most)
            return SavedViewErrors.TooMany(request.Shared);

        transaction.Db.Add(view);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return SavedViewErrors.NameTaken(request.Shared).On(nameof(request.Name));
        transaction.Audit(AuditAction.SavedViewCreate, SavedViewChanges.Subject(view.Id, view.Name), SavedViewChanges.Details(view));
        await transaction.CommitAsync(cancellationToken);
        return view.Id;
    }

    private static Dictionary<string, string> Validate(SaveViewRequest request, DateTimeOffset now)
    {
        var errors = new Dictionary<string, string>();
        if (PlainText.Fault(request.Name, SavedView.LongestName) is { } name)
            errors[nameof(request.Name)] = name;
        if (!Enum.IsDefined(request.List))
            errors[nameof(request.List)] = SavedViewErrorTexts.ChooseList;
        else if (SavedViewFilters.Fault(request.List, request.Query, now) is { } query)
            errors[nameof(request.Query)] = query;
        return errors;
    }

    private SavedView MakeView(SaveViewRequest request, AuditedTransaction transaction)
    {
        var name = PlainText.Clean(request.Name);
        return new SavedView
        {
            Id = Ids.New(time),
            TenantId = transaction.Actor.TenantId,
            List = request.List,
            OwnerId = request.Shared ? null : transaction.Actor.Id,
            Name = name,
            NameKey = SavedViewChanges.KeyOf(name),
            Query = SavedViewFilters.Write(request.Query),
            SavedBy = transaction.Actor.Name,
            SavedAt = transaction.Now,
        };
    }
}
