using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.AuditLog;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Audit;

/// <summary>One entry, whole.</summary>
public sealed partial class AuditDrawer(ShowCorrelated showCorrelated, CurrentActor current)
{
    private FormDialog? _frame;
    private AuditRow _entry = default!;
    private AuditFacts _facts = default!;
    private IReadOnlyList<AuditRow> _correlated = [];

    [Parameter, EditorRequired]
    public AuditRow Entry { get; set; } = default!;

    [Parameter, EditorRequired]
    public RowDrawer Address { get; set; } = default!;

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private string Actor => _entry.ActorId == Guid.Empty ? Link(AuditFields.Actor, _entry.ActorName) : Link(AuditFields.Actor, _entry.ActorId.ToString("D"));

    // What has no id goes by its kind where its name says no more than that.
    private string Resource => _entry switch
    {
        { ResourceId: { } id } => Link(AuditFields.Resource, id.ToString("D")),
        _ when AuditWords.Of(_entry.Resource) == _entry.ResourceName => Link(AuditFields.Resource, _entry.Resource.Name()),
        _ => AuditPage.Address(AuditSearchEdit.Word(AuditFields.Resource, _entry.ResourceName, quoted: true)),
    };

    /// <summary>Goes on to another entry.</summary>
    public async Task ShowAsync(AuditRow entry)
    {
        await LoadAsync(entry);
        StateHasChanged();
        if (_frame is not null)
            await _frame.BeginAgainAsync();
    }

    protected override Task OnInitializedAsync() => LoadAsync(Entry);

    private async Task LoadAsync(AuditRow entry)
    {
        (_entry, _facts, _correlated) = (entry, new AuditFacts(entry, Clock), []);
        if (entry.CorrelationId.Length == 0)
            return;
        var found = await showCorrelated.HandleAsync(entry.CorrelationId, entry.Sequence, await current.GetAsync(), CancellationToken.None);
        if (_entry == entry)
            _correlated = found.Value?.Items ?? [];
    }

    private static string Link(string field, string value) => AuditPage.Address(AuditSearchEdit.Word(field, value));
}
