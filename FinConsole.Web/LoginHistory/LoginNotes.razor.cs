using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.LoginHistory;

/// <summary>What reviewers wrote beside an attempt, and a field for one more.</summary>
public sealed partial class LoginNotes(AddLoginNote add, CurrentActor current, Toasts toasts)
{
    private string _text = "";
    private string? _error;
    private bool _running;

    [Parameter, EditorRequired]
    public long AttemptId { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<NoteRow> Notes { get; set; } = [];

    /// <summary>Whether this reader may write.</summary>
    [Parameter]
    public bool May { get; set; }

    [Parameter]
    public EventCallback OnAdded { get; set; }

    private async Task AddAsync()
    {
        if (_running)
            return;
        _running = true;
        try
        {
            var added = await add.HandleAsync(AttemptId, _text, await current.GetAsync(), CancellationToken.None);
            _error = added.Error is { } error ? error.Fields.GetValueOrDefault("Text", error.Message) : null;
            if (!added.Succeeded)
                return;
            _text = "";
            toasts.Show(LoginTexts.NoteSaved);
            await OnAdded.InvokeAsync();
        }
        finally
        {
            _running = false;
        }
    }
}
