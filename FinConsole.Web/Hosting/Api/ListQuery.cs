using System.ComponentModel;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Which piece of a list is asked for.</summary>
internal readonly record struct ListQuery(
    [property: Description("The nextCursor of the page before; leave it out for the first.")] string? Cursor,
    [property: Description("How many items: 1 to 200; 50 where nothing is said.")] int? Limit)
{
    public const int DefaultLimit = 50;
    public const int LargestLimit = 200;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public IResult? Fault() =>
        Limit is < 1 or > LargestLimit ? ApiAnswers.Refusal(Malformed("limit", $"Use 1 to {LargestLimit}."))
        : Cursor is { Length: > 0 } && Core.Common.Cursor.Parse(Cursor) is null ? ApiAnswers.Refusal(Malformed("cursor", "This is no cursor of this list."))
        : null;

    private static ApiProblem Malformed(string field, string message) => ApiProblem.Malformed with { Errors = new Dictionary<string, string> { [field] = message } };
}

/// <summary>A piece of a list.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="NextCursor">Asks for the next piece; null at the end.</param>
internal sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? NextCursor);
