using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

public enum MemberSort
{
    Name,
    Newest,

    /// <summary>Who signed in last comes first, who never did last.</summary>
    LastSignIn,
}

/// <summary>Which members a list shows.</summary>
public enum MemberStatus
{
    Active,
    Deactivated,

    /// <summary>Active, and without a second factor.</summary>
    WithoutMfa,
}

/// <param name="Search">Part of the name or the address.</param>
/// <param name="Status">Null for everybody.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record MemberFilter(string? Search = null, Role? Role = null, MemberStatus? Status = null, MemberSort Sort = MemberSort.Name, string? Cursor = null, int Limit = 50);

/// <summary>A member as admins see them.</summary>
/// <param name="LastSignInAt">Null for somebody who never did.</param>
/// <param name="Self">The one who asks.</param>
/// <param name="LastAdmin">The only active tenant admin: cannot be demoted or deactivated.</param>
public sealed record MemberView(
    Guid Id, string Name, string Email, Role Role, bool HasMfa, DateTimeOffset? LastSignInAt, DateTimeOffset CreatedAt, DateTimeOffset? DeactivatedAt, bool Self, bool LastAdmin)
{
    public bool Active => DeactivatedAt is null;
}

/// <summary>Lists a tenant's members by keyset.</summary>
public sealed class ListMembers(ConsoleDb db, PermissionGuard guard)
{
    private const int LargestPage = 200;

    public async Task<Result<Page<MemberView>>> HandleAsync(MemberFilter filter, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManageMembers, new AuditSubject(AuditResource.Member, null, "Members"), cancellationToken) is { } refusal)
            return refusal;

        var size = Math.Clamp(filter.Limit, 1, LargestPage);
        await using var context = db.Open(actor.TenantId);
        var all = context.Set<ConsoleUser>().AsNoTracking();
        var members = await MemberOrder.Apply(Matching(all, filter), filter.Sort, Cursor.Parse(filter.Cursor)).Take(size + 1)
            .Select(member => new MemberView(
                member.Id, member.DisplayName, member.Email!, member.Role, member.TwoFactorEnabled, member.LastSignInAt, member.CreatedAt, member.DeactivatedAt,
                member.Id == actor.Id,
                member.Role == Role.TenantAdmin && member.DeactivatedAt == null
                    && !all.Any(other => other.Id != member.Id && other.Role == Role.TenantAdmin && other.DeactivatedAt == null)))
            .ToListAsync(cancellationToken);
        return Page<MemberView>.Of(members, size, member => MemberOrder.CursorOf(member, filter.Sort));
    }

    private static IQueryable<ConsoleUser> Matching(IQueryable<ConsoleUser> members, MemberFilter filter)
    {
        if (filter.Role is { } role)
            members = members.Where(member => member.Role == role);
        if (filter.Status is { } status)
        {
            members = status switch
            {
                MemberStatus.Active => members.Where(member => member.DeactivatedAt == null),
                MemberStatus.Deactivated => members.Where(member => member.DeactivatedAt != null),
                MemberStatus.WithoutMfa => members.Where(member => member.DeactivatedAt == null && !member.TwoFactorEnabled),
            };
        }

        // SQLite folds ASCII alone, so the text as typed is looked for too.
        if (PlainText.ForStorage(UnicodeText.Normalize(filter.Search?.Trim() ?? ""), ConsoleUser.LongestEmail) is { Length: > 0 } search)
        {
            var (lower, upper) = (search.ToLowerInvariant(), search.ToUpperInvariant());
            members = members.Where(member => member.NormalizedEmail!.Contains(upper) || member.DisplayName.ToLower().Contains(lower) || member.DisplayName.Contains(search));
        }

        return members;
    }
}
