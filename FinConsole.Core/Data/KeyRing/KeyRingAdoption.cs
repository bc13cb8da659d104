using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Data.KeyRing;

/// <summary>
/// Seals the keys of an installation from before rows were sealed, so that what they protect goes on opening. Whoever calls it has made sure
/// that this happens once.
/// </summary>
public sealed class KeyRingAdoption(KeyRingSeal seal)
{
    private const string CertificateDecryptor = "Microsoft.AspNetCore.DataProtection.XmlEncryption.EncryptedXmlDecryptor,";

    /// <summary>Works in the caller's transaction.</summary>
    internal async Task RunAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        foreach (var row in await KeyRingRow.ReadAsync(context, cancellationToken))
        {
            if (seal.Open(row.Xml) is not null || KeyRingSeal.Parse(row.Xml) is not { } element || !IsAsWritten(element))
                continue;
            var text = seal.Seal(element);
            await context.Set<DataProtectionKey>().Where(key => key.Id == row.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.Xml, text), cancellationToken);
        }
    }

    // No version wrote a key that is not encrypted to the certificate.
    private static bool IsAsWritten(XElement element)
    {
        if (element.Name == "revocation")
            return true;
        var secrets = element.Descendants().Where(each => each.Name.LocalName == "encryptedSecret").ToList();
        return element.Name == "key" && secrets.Count > 0 && element.Descendants().All(each => each.Name.LocalName != "masterKey")
            && secrets.TrueForAll(each => ((string?)each.Attribute("decryptorType"))?.StartsWith(CertificateDecryptor, StringComparison.Ordinal) == true);
    }
}
