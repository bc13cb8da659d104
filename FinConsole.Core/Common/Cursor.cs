using System.Buffers.Text;
using System.Text.Json;

namespace FinConsole.Core.Common;

/// <summary>
/// Where a keyset-paged list goes on: the sort key of the last row shown and its id as the tie-break.
/// Opaque to callers (base64url), and harmless when forged: it only moves the starting point within the caller's own rows.
/// </summary>
/// <param name="Key">The sort key, as text.</param>
/// <param name="Id">The row's id, as text.</param>
public readonly record struct Cursor(string Key, string Id)
{
    private const int LongestCursor = 1024;

    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { Key, Id }));

    /// <summary>Reads a cursor; null for nothing and for junk, which then means the first page.</summary>
    public static Cursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > LongestCursor || !Base64Url.IsValid(text))
            return null;
        try
        {
            return JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(text)) is [{ } key, { } id] && IsStorable(key) ? new Cursor(key, id) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // No row has such a key, and PostgreSQL takes no text with a NUL.
    private static bool IsStorable(string key) => PlainText.ForStorage(key, key.Length) == key;
}
