using System.ComponentModel;
using System.Globalization;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Which piece of a list is asked for.</summary>
internal readonly record struct ListQuery(
    [property: Description("The nextCursor of the page before; leave it out for the first.")] string? Cursor,
    [property: Description("How many items: 1 to 200; 50 where nothing is said.")] int? Limit)
{
    public const int DefaultLimit = 50;
    public const int LargestLimit = 200;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    /// <param name="isOfList">Whether a cursor is one of this list: another's would begin at the first page again.</param>
    public IResult? Fault(Predicate<Cursor> isOfList) =>
        Limit is < 1 or > LargestLimit ? ApiResponses.Refusal(ApiProblem.MalformedAt("limit", Texts.Format(ApiErrorTexts.UseRange, LargestLimit)))
        : Cursor is not null && (Core.Common.Cursor.Parse(Cursor) is not { } place || !isOfList(place)) ? ApiResponses.Refusal(ApiProblem.MalformedAt("cursor", ApiErrorTexts.NoCursor))
        : null;
}

/// <summary>The forms of the lists' cursors.</summary>
internal static class ListCursor
{
    /// <summary>A number alone: the audit log's.</summary>
    public static bool Sequence(Cursor cursor) => IsNumber(cursor.Key) && cursor.Id.Length == 0;

    /// <summary>A time and a UUID: tokens'.</summary>
    public static bool TimeAndId(Cursor cursor) => IsTime(cursor.Key) && IdText.TryParse(cursor.Id, out _);

    /// <summary>A time and a number: login history's.</summary>
    public static bool TimeAndNumber(Cursor cursor) => IsTime(cursor.Key) && IsNumber(cursor.Id);

    private static bool IsTime(string text) => IsNumber(text) && long.Parse(text, CultureInfo.InvariantCulture) <= DateTime.MaxValue.Ticks;

    private static bool IsNumber(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}

/// <summary>A piece of a list.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="NextCursor">Asks for the next piece; null at the end.</param>
internal sealed record ListResponse<T>(IReadOnlyList<T> Items, string? NextCursor);
