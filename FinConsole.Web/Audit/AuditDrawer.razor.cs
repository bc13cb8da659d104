using FinConsole.Core.Audit;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Audit.Search;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Audit;

/// <summary>One entry, whole.</summary>
public sealed partial class AuditDrawer(ShowCorrelated showCorrelated, CurrentActor current)
{
    private AuditFacts _facts = default!;
    private IReadOnlyList<AuditRow> _correlated = [];
    private long _shown;

    [Parameter, EditorRequired]
    public AuditRow Entry { get; set; } = default!;

    [Parameter]
    public EventCallback OnClose { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private string Actor => Entry.ActorId == Guid.Empty ? Link(AuditFields.Actor, Entry.ActorName) : Link(AuditFields.Actor, Entry.ActorId.ToString("D"));

    // What has no id goes by its kind where its name says no more than that.
    private string Resource => Entry switch
    {
        { ResourceId: { } id } => Link(AuditFields.Resource, id.ToString("D")),
        _ when AuditWords.Of(Entry.Resource) == Entry.ResourceName => Link(AuditFields.Resource, Entry.Resource.Name()),
        _ => AuditPage.Address(AuditSearchEdit.Word(AuditFields.Resource, Entry.ResourceName, quoted: true)),
    };

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Entry.Sequence)
            return;
        _shown = Entry.Sequence;
        _facts = new AuditFacts(Entry, Clock);
        _correlated = [];
        if (Entry.CorrelationId.Length == 0)
            return;
        var found = await showCorrelated.HandleAsync(Entry.CorrelationId, Entry.Sequence, await current.GetAsync(), CancellationToken.None);
        _correlated = found.Value?.Items ?? [];
    }

    private static string Link(string field, string value) => AuditPage.Address(AuditSearchEdit.Word(field, value));
}
