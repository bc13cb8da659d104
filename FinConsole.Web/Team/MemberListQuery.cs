using FinConsole.Core.Members;
using FinConsole.Core.Team;

namespace FinConsole.Web.Team;

/// <summary>The list as its address states it, so that a link reproduces what one sees. Words it does not know fall back to the default.</summary>
public sealed record MemberListQuery(string Search, Role? Role, MemberStatus? Status, MemberSort Sort, string? Cursor)
{
    public static MemberListQuery Read(string? search, string? role, string? status, string? sort, string? cursor) =>
        new(search ?? "", Parse<Role>(role), Parse<MemberStatus>(status), Parse<MemberSort>(sort) ?? MemberSort.Name, cursor);

    /// <summary>True when nothing is filtered.</summary>
    public bool IsUnfiltered => Search.Length == 0 && Role is null && Status is null && Cursor is null;

    public MemberFilter ToFilter() => new(Search.Length == 0 ? null : Search, Role, Status, Sort, Cursor);

    /// <summary>How a value is written in the address.</summary>
    public static string Word(Enum? value) => value?.ToString().ToLowerInvariant() ?? "";

    // By name alone: an enum's own parser takes numbers and lists of names, too.
    private static T? Parse<T>(string? word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), word, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }
}
