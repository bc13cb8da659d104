using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Data.KeyRing;

/// <summary>
/// The Data Protection ring, so that every instance reads the same cookies and protected columns. Rows without a valid seal are left out:
/// whoever can only write to the database adds no key.
/// </summary>
internal sealed partial class KeyRingRepository(ConsoleDb db, KeyRingSeal seal, ILogger<KeyRingRepository> logger) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var context = db.OpenForOperator();
        var elements = new List<XElement>();
        foreach (var row in KeyRingRow.Read(context))
        {
            if (seal.Open(row.Xml) is { } element)
                elements.Add(element);
            else
                LogIgnored(row.Id);
        }

        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var context = db.OpenForOperator();
        context.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = seal.Seal(element) });
        context.SaveChanges();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Row {Id} of the table KeyRing was not written by this installation, and is ignored. Run \"audit verify\"")]
    private partial void LogIgnored(int id);
}
