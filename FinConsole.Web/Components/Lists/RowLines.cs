using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace FinConsole.Web.Components.Lists;

/// <summary>What the browser's rows.js is told of a list: a line a row, and <c>=id</c> for a row that it has in that form already.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
public sealed class RowLines
{
    private Dictionary<string, ulong> _told = [];

    /// <summary>Each call counts on the browser having what the calls before returned.</summary>
    /// <param name="rows">All rows, in their order.</param>
    public string Next(IEnumerable<DrawnRow> rows)
    {
        var (lines, told) = (new List<string>(), new Dictionary<string, ulong>());
        foreach (var (id, html) in rows)
        {
            var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(html.Value.AsSpan()));
            lines.Add(_told.TryGetValue(id, out var known) && known == hash ? "=" + id : html.Value);
            told[id] = hash;
        }

        _told = told;
        return string.Join('\n', lines);
    }
}
