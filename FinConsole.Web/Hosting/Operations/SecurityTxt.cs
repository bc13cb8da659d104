using System.Globalization;
using System.Text;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Hosting.Operations;

/// <summary>Where to report vulnerabilities (RFC 9116), from the section <c>SecurityTxt</c>.</summary>
/// <param name="Expires">From when on nothing of it is to be believed, and none is served.</param>
/// <param name="Text">The file.</param>
public sealed record SecurityTxt(DateTimeOffset Expires, string Text)
{
    public const string Section = "SecurityTxt";

    // The file's field names, in the order of the RFC's examples.
    private static readonly string[] Uris = ["Contact", "Encryption", "Acknowledgments", "Canonical", "Policy", "Hiring"];

    /// <returns>Null where the section is missing.</returns>
    internal static SecurityTxt? Read(IConfiguration configuration, Faults faults)
    {
        var section = configuration.GetSection(Section);
        if (!section.Exists())
            return null;

        var text = new StringBuilder();
        foreach (var field in Uris)
        {
            foreach (var value in Values(section, field))
                Append(text, field, value, faults);
        }

        if (Values(section, "Contact").Count == 0)
            faults.Add(ConfigurationTexts.SecurityTxtContact);
        if (!DateTimeOffset.TryParseExact(section["Expires"], ["yyyy-MM-dd'T'HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires))
            faults.Add(ConfigurationTexts.SecurityTxtExpires);
        text.Append(CultureInfo.InvariantCulture, $"Expires: {expires.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\n");
        AppendLanguages(text, section["PreferredLanguages"], faults);
        return new SecurityTxt(expires, text.ToString());
    }

    // One value or a list of them.
    private static IReadOnlyList<string> Values(IConfigurationSection section, string field) =>
        section[field] is { Length: > 0 } only ? [only] : section.GetSection(field).Get<string[]>() ?? [];

    // RFC 9116, 2.4: addresses on the web begin with https.
    private static void Append(StringBuilder text, string field, string value, Faults faults)
    {
        if (Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "mailto" or "tel" or "openpgp4fpr" or "dns" && !value.Any(char.IsControl))
            text.Append(CultureInfo.InvariantCulture, $"{field}: {uri.OriginalString}\n");
        else
            faults.Add(Texts.Format(ConfigurationTexts.SecurityTxtUri, field, value));
    }

    private static void AppendLanguages(StringBuilder text, string? languages, Faults faults)
    {
        if (languages is null)
            return;
        if (languages.Split(',').All(tag => tag.Trim() is { Length: > 1 } trimmed && trimmed.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')))
            text.Append(CultureInfo.InvariantCulture, $"Preferred-Languages: {languages.Trim()}\n");
        else
            faults.Add(Texts.Format(ConfigurationTexts.SecurityTxtLanguages, languages));
    }
}
