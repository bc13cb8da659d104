using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace FinConsole.Core.Data.KeyRing;

/// <summary>
/// Tells rows of the key ring that this installation wrote from those that somebody put into the table. Encryption to the certificate does
/// not: a key need not be encrypted to be taken, and the certificate's public half stands beside every key that is. So each row carries an
/// HMAC-SHA-256 over itself, under a key derived from the pepper.
/// </summary>
public sealed class KeyRingSeal(Pepper pepper)
{
    private static readonly XName Attribute = "seal";
    private static readonly XmlReaderSettings NoEntities = new() { DtdProcessing = DtdProcessing.Prohibit };

    private readonly RowSeal _seal = new(pepper.DeriveKey("key ring seal v1"));

    /// <summary>The row's text for an element of the ring, with its seal.</summary>
    public string Seal(XElement element)
    {
        // As it will be read: what is sealed must not depend on how the element was put together.
        var kept = XElement.Parse(element.ToString(SaveOptions.DisableFormatting));
        kept.SetAttributeValue(Attribute, null);
        kept.SetAttributeValue(Attribute, CodeOf(kept));
        return kept.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The element of a row; null where this installation did not write it as it is.</summary>
    public XElement? Open(string text)
    {
        if (Parse(text) is not { } element || element.Attribute(Attribute) is not { } seal)
            return null;
        seal.Remove();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeOf(element)), Encoding.UTF8.GetBytes(seal.Value)) ? element : null;
    }

    /// <summary>The element of a row, whoever wrote it; null where it is none.</summary>
    public static XElement? Parse(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), NoEntities);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private string CodeOf(XElement element) =>
        Convert.ToBase64String(_seal.Of(Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting))));
}
