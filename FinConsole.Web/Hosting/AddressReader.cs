using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.Hosting;

/// <summary>Reads the values of a page's address, and notes those that it does not understand. A name without a value says nothing.</summary>
/// <param name="ignored">Takes what was not understood; null where nobody asks.</param>
internal sealed class AddressReader(ICollection<IgnoredValue>? ignored)
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>A word of a table, in any letter case.</summary>
    public T? Word<T>(string name, string? value, EnumValues<T> words)
        where T : struct, Enum => Read(name, value, words.Find);

    /// <summary>1 or true, 0 or false.</summary>
    public bool Flag(string name, string? value) => Read<bool>(name, value, text => text.ToLowerInvariant() switch
    {
        "1" or "true" => true,
        "0" or "false" => false,
        _ => null,
    }) ?? false;

    /// <summary>A day, such as 2026-01-31.</summary>
    public DateOnly? Day(string name, string? value) =>
        Read<DateOnly>(name, value, text => DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null);

    public Guid? Id(string name, string? value) => Read<Guid>(name, value, text => Guid.TryParse(text, out var id) ? id : null);

    public long? Number(string name, string? value) =>
        Read<long>(name, value, text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);

    /// <summary>The place where a list goes on, as it stands in the address.</summary>
    public string? Cursor(string name, string? value) => Read<Cursor>(name, value, Core.Common.Cursor.Parse) is null ? null : value;

    /// <summary>Notes a value that is understood by itself and makes no sense beside the others.</summary>
    public void Ignore(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            ignored?.Add(new IgnoredValue(name, value));
    }

    private T? Read<T>(string name, string? value, Func<string, T?> read)
        where T : struct
    {
        if (string.IsNullOrEmpty(value))
            return null;
        var found = read(value);
        if (found is null)
            Ignore(name, value);
        return found;
    }
}
