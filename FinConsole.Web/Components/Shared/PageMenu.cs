using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Shared;

/// <summary>The one menu of a page, which opens at whichever button asks for it: a menu for each row would cost each circuit its items fifty times.</summary>
public sealed class PageMenu
{
    /// <summary>Raised when a menu opens or closes.</summary>
    public event Action? Changed;

    /// <summary>What the open menu is called and holds; null while none is open.</summary>
    public Shown? Open { get; private set; }

    public void Show(string name, RenderFragment? items)
    {
        Open = new Shown(name, items);
        Changed?.Invoke();
    }

    public void Close()
    {
        if (Open is null)
            return;
        Open = null;
        Changed?.Invoke();
    }

    /// <summary>An open menu. Each opening is another one.</summary>
    public sealed class Shown(string name, RenderFragment? items)
    {
        public string Name => name;

        public RenderFragment? Items => items;
    }
}
