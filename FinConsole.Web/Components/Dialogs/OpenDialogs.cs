namespace FinConsole.Web.Components.Dialogs;

/// <summary>
/// How many dialogs are open on a page. What a key opens asks here first: the key may have been pressed while the server was opening a dialog that
/// the browser did not show yet, such as one that shows a secret once.
/// </summary>
public sealed class OpenDialogs
{
    private int _count;

    public bool Any => _count > 0;

    /// <summary>Counts a dialog until what is returned is disposed.</summary>
    public IDisposable Add()
    {
        _count++;
        return new Entry(this);
    }

    private sealed class Entry(OpenDialogs all) : IDisposable
    {
        private bool _gone;

        public void Dispose()
        {
            if (_gone)
                return;
            _gone = true;
            all._count--;
        }
    }
}
