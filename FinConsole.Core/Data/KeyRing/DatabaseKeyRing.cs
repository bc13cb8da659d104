using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Data.KeyRing;

/// <summary>Keeps the Data Protection ring in the database, so that every instance reads the same cookies and protected columns.</summary>
internal sealed class DatabaseKeyRing(ConsoleDb db) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var context = db.OpenForOperator();
        return [.. context.Set<KeyRingEntry>().AsNoTracking().OrderBy(entry => entry.Id).Select(entry => entry.Xml).ToList().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var context = db.OpenForOperator();
        context.Add(new KeyRingEntry { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        context.SaveChanges();
    }
}
