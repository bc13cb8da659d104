using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.Components.Dialogs;

/// <summary>
/// The drawer beside a list, which the address opens and closes by a number in it: of the row that is shown. Opening and closing are steps
/// of the browser's history; moving from row to row is none, and leaves the drawer open.
/// </summary>
/// <param name="dialogs">Opens it.</param>
/// <param name="navigation">Holds the address.</param>
/// <param name="key">Of the number in the address.</param>
/// <param name="rows">The numbers of the list's rows, in its order.</param>
public sealed class RowDrawer(IDialogService dialogs, NavigationManager navigation, string key, Func<IEnumerable<long>> rows) : IDisposable
{
    private IDialogReference? _open;
    private long? _shown;
    private long? _wanted;
    private long? _asked;
    private bool _following;
    private bool _gone;

    public void Dispose()
    {
        _gone = true;
        _open?.Close();
    }

    /// <summary>The open drawer; null when there is none.</summary>
    public TDrawer? Find<TDrawer>()
        where TDrawer : class, IComponent => _open?.Dialog as TDrawer;

    public void Open(long row) => GoTo(row, replace: _open is not null);

    public void Close() => GoTo(null, replace: false);

    /// <summary>To the row so many further on; at the list's end nothing happens.</summary>
    public void Step(int rowsOn)
    {
        // An address takes a moment to arrive: who presses a key twice meanwhile means two rows.
        var all = rows().ToList();
        var at = (_asked ?? _shown) is { } from ? all.IndexOf(from) : -1;
        if (at >= 0 && at + rowsOn >= 0 && at + rowsOn < all.Count)
            GoTo(all[at + rowsOn], replace: true);
    }

    /// <summary>Does what the address says; to be called after each rendering of the page.</summary>
    /// <param name="wanted">The number in the address; null for none.</param>
    /// <param name="open">What the drawer opens with.</param>
    /// <param name="move">Shows the wanted row in the open drawer.</param>
    public async Task FollowAsync<TDrawer>(long? wanted, Func<DialogParameters<TDrawer>> open, Func<TDrawer, Task> move)
        where TDrawer : class, IComponent
    {
        _wanted = wanted;
        if (_asked == wanted)
            _asked = null;
        if (_following)
            return;
        _following = true;
        try
        {
            while (_shown != _wanted && !_gone)
                await ShowAsync(open, move);
        }
        finally
        {
            _following = false;
        }
    }

    private async Task ShowAsync<TDrawer>(Func<DialogParameters<TDrawer>> open, Func<TDrawer, Task> move)
        where TDrawer : class, IComponent
    {
        _shown = _wanted;
        if (_shown is null)
        {
            _open?.Close();
            _open = null;
        }
        else if (_open?.Dialog is TDrawer drawer)
        {
            await move(drawer);
        }
        else
        {
            _open = await dialogs.OpenAsync(open(), stays: true);
            if (_gone)
                _open.Close();
        }
    }

    private void GoTo(long? row, bool replace)
    {
        _asked = row;
        navigation.NavigateTo(navigation.GetUriWithQueryParameter(key, row), replace: replace);
    }
}
