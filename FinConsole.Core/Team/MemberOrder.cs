using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Core.Team;

/// <summary>The orders of the member list, each a keyset over its own index with the id as tie-break.</summary>
internal static class MemberOrder
{
    /// <summary>Orders the rows, and starts behind the cursor.</summary>
    public static IQueryable<ConsoleUser> Apply(IQueryable<ConsoleUser> members, MemberSort sort, Cursor? cursor)
    {
        var id = Guid.TryParse(cursor?.Id, out var parsed) ? parsed : (Guid?)null;
        return sort switch
        {
            MemberSort.Newest => ByNewest(members, TimeOf(cursor), id),
            MemberSort.LastSignIn => ByLastSignIn(members, TimeOf(cursor), id, never: cursor?.Key is ""),
            MemberSort.Name or _ => ByName(members, cursor?.Key, id),
        };
    }

    public static Cursor CursorOf(MemberView member, MemberSort sort) => new(
        sort switch
        {
            MemberSort.Name => member.Name,
            MemberSort.Newest => Ticks(member.CreatedAt),
            MemberSort.LastSignIn => member.LastSignInAt is { } at ? Ticks(at) : "",
        },
        member.Id.ToString());

    private static IQueryable<ConsoleUser> ByName(IQueryable<ConsoleUser> members, string? name, Guid? id)
    {
        if (id is not null && name is not null)
        {
            var after = PlainText.ForStorage(name, ConsoleUser.LongestName);
            members = members.Where(member => member.DisplayName.CompareTo(after) > 0 || (member.DisplayName == after && member.Id.CompareTo(id.Value) > 0));
        }

        return members.OrderBy(member => member.DisplayName).ThenBy(member => member.Id);
    }

    private static IQueryable<ConsoleUser> ByNewest(IQueryable<ConsoleUser> members, DateTimeOffset? time, Guid? id)
    {
        if (id is not null && time is not null)
            members = members.Where(member => member.CreatedAt < time || (member.CreatedAt == time && member.Id.CompareTo(id.Value) < 0));
        return members.OrderByDescending(member => member.CreatedAt).ThenByDescending(member => member.Id);
    }

    // The three databases do not agree where null belongs; so the order says it.
    private static IQueryable<ConsoleUser> ByLastSignIn(IQueryable<ConsoleUser> members, DateTimeOffset? time, Guid? id, bool never)
    {
        if (id is not null && time is not null)
            members = members.Where(member => member.LastSignInAt == null || member.LastSignInAt < time || (member.LastSignInAt == time && member.Id.CompareTo(id.Value) < 0));
        else if (id is not null && never)
            members = members.Where(member => member.LastSignInAt == null && member.Id.CompareTo(id.Value) < 0);
        return members.OrderBy(member => member.LastSignInAt == null).ThenByDescending(member => member.LastSignInAt).ThenByDescending(member => member.Id);
    }

    private static DateTimeOffset? TimeOf(Cursor? cursor) =>
        long.TryParse(cursor?.Key, CultureInfo.InvariantCulture, out var ticks) && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private static string Ticks(DateTimeOffset time) => time.UtcTicks.ToString(CultureInfo.InvariantCulture);
}
