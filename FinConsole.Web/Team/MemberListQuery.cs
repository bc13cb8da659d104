using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.Team;

/// <summary>The list as its address states it, so that a link reproduces what one sees. Values it does not know fall back to the default, and the page says so.</summary>
public sealed record MemberListQuery(string Search, Role? Role, MemberStatus? Status, MemberSort Sort, string? Cursor)
{
    public const string SearchKey = "q";
    public const string RoleKey = "role";
    public const string StatusKey = "status";
    public const string SortKey = "sort";
    public const string CursorKey = "after";

    private static readonly EnumValues<Role> Roles = new(
        ("tenantadmin", Core.Members.Role.TenantAdmin), ("developer", Core.Members.Role.Developer), ("securityreviewer", Core.Members.Role.SecurityReviewer),
        ("cashier", Core.Members.Role.Cashier));

    private static readonly EnumValues<MemberStatus> Statuses = new(("active", MemberStatus.Active), ("deactivated", MemberStatus.Deactivated), ("withoutmfa", MemberStatus.WithoutMfa));

    private static readonly EnumValues<MemberSort> Sorts = new(("name", MemberSort.Name), ("newest", MemberSort.Newest), ("lastsignin", MemberSort.LastSignIn));

    /// <param name="ignored">Takes the values that are not understood.</param>
    public static MemberListQuery Read(string? search, string? role, string? status, string? sort, string? cursor, ICollection<IgnoredValue>? ignored = null)
    {
        var address = new AddressReader(ignored);
        return new MemberListQuery(
            search ?? "", address.Word(RoleKey, role, Roles), address.Word(StatusKey, status, Statuses), address.Word(SortKey, sort, Sorts) ?? MemberSort.Name,
            address.Cursor(CursorKey, cursor));
    }

    /// <summary>True when nothing is filtered.</summary>
    public bool IsUnfiltered => Search.Length == 0 && Role is null && Status is null && Cursor is null;

    public MemberFilter ToFilter() => new(Search.Length == 0 ? null : Search, Role, Status, Sort, Cursor);

    /// <summary>How a value is written in the address; empty for none.</summary>
    public static string Word(Role? role) => role is { } known ? Roles.Of(known) : "";

    /// <inheritdoc cref="Word(Role?)"/>
    public static string Word(MemberStatus? status) => status is { } known ? Statuses.Of(known) : "";

    /// <inheritdoc cref="Word(Role?)"/>
    public static string Word(MemberSort sort) => Sorts.Of(sort);
}
