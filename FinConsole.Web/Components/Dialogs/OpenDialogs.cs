using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace FinConsole.Web.Components.Dialogs;

/// <summary>
/// The dialogs that are open on a page. What a key opens asks here first: the key may have been pressed while the server was opening a dialog that
/// the browser did not show yet, such as one that shows a secret once. Who leaves the page leaves its dialogs; another address of the same page,
/// such as that of a search which was still under way, leaves them open.
/// </summary>
public sealed class OpenDialogs : IDisposable
{
    private readonly NavigationManager _navigation;
    private readonly List<Entry> _entries = [];
    private string _path;

    public OpenDialogs(NavigationManager navigation)
    {
        _navigation = navigation;
        _path = Path(navigation.Uri);
        navigation.LocationChanged += OnMoved;
    }

    public bool Any => _entries.Count > 0;

    public void Dispose() => _navigation.LocationChanged -= OnMoved;

    /// <summary>Holds a dialog until what is returned is disposed.</summary>
    public IDisposable Add(IMudDialogInstance dialog)
    {
        var entry = new Entry(this, dialog);
        _entries.Add(entry);
        return entry;
    }

    private static string Path(string uri) => new Uri(uri).AbsolutePath;

    private void OnMoved(object? sender, LocationChangedEventArgs moved)
    {
        if (Path(moved.Location) == _path)
            return;
        _path = Path(moved.Location);
        foreach (var entry in _entries.Where(entry => entry.Dialog.Options is PageDialogOptions).ToList())
            entry.Dialog.Cancel();
    }

    private sealed class Entry(OpenDialogs all, IMudDialogInstance dialog) : IDisposable
    {
        public IMudDialogInstance Dialog => dialog;

        public void Dispose() => all._entries.Remove(this);
    }
}
