using System.Globalization;

namespace FinConsole.Core.Common;

/// <summary>Fills the {0} of a text from a resource file.</summary>
public static class Texts
{
    public static string Format(string text, params object?[] values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
