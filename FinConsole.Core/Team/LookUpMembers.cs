using System.Globalization;
using System.Linq.Expressions;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>A member as a search box names them.</summary>
public sealed record MemberMatch(Guid Id, string Name, string Email, Role Role, bool Active);

/// <summary>
/// Finds a few members while somebody types: by the words or the beginning of their name, by their address, or by a part of either. The work is
/// bounded however many there are: a beginning and a whole address are looked up by index, everything else among the newest members alone.
/// </summary>
public sealed class LookUpMembers(ConsoleDb db, PermissionGuard guard)
{
    /// <summary>How many are found at most.</summary>
    public const int Most = 6;

    /// <summary>How many of the newest members are looked through.</summary>
    public const int Reach = 1000;

    // Enough to rank from: those that fit best need not be the newest.
    private const int Candidates = 40;

    private static readonly Expression<Func<ConsoleUser, MemberMatch>> Projection =
        member => new MemberMatch(member.Id, member.DisplayName, member.Email!, member.Role, member.DeactivatedAt == null);

    /// <param name="text">Words of the name or the address, in any order. Empty finds nobody.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Best first; those that are deactivated come last.</returns>
    public async Task<Result<IReadOnlyList<MemberMatch>>> HandleAsync(string text, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManageMembers, new AuditSubject(AuditResource.Member, null, "Members"), cancellationToken) is { } refusal)
            return refusal;

        var words = SearchWords.Of(text);
        if (words.IsEmpty)
            return new List<MemberMatch>();
        await using var context = db.Open(actor.TenantId);
        var all = context.Set<ConsoleUser>().AsNoTracking();
        var email = Emails.Normalize(words.Text);
        var found = await all.Where(member => member.NormalizedEmail == email).Select(Projection).ToListAsync(cancellationToken);
        foreach (var beginning in Beginnings(words.Text))
        {
            // In the index's order those that begin so stand together, whatever follows them.
            var begun = await all.Where(member => member.DisplayName.CompareTo(beginning) >= 0).OrderBy(member => member.DisplayName).ThenBy(member => member.Id)
                .Take(Most).Select(Projection).ToListAsync(cancellationToken);
            found.AddRange(begun.Where(match => match.Name.StartsWith(beginning, StringComparison.Ordinal)));
        }

        found.AddRange(await Matching(all.OrderByDescending(member => member.CreatedAt).ThenByDescending(member => member.Id).Take(Reach), words)
            .OrderBy(member => member.DeactivatedAt != null).ThenByDescending(member => member.CreatedAt).Take(Candidates).Select(Projection).ToListAsync(cancellationToken));
        return Best(found, words);
    }

    // Names are kept as their owners write them, and the index is by bytes.
    private static IEnumerable<string> Beginnings(string text)
    {
        var lower = text.ToLowerInvariant();
        return new[] { text, lower, char.ToUpperInvariant(lower[0]) + lower[1..], CultureInfo.InvariantCulture.TextInfo.ToTitleCase(lower) }.Distinct();
    }

    // SQLite folds ASCII alone, so the words as typed are looked for too.
    private static IQueryable<ConsoleUser> Matching(IQueryable<ConsoleUser> members, SearchWords words)
    {
        foreach (var (word, typed) in words.Words.Zip(words.AsTyped))
        {
            var upper = word.ToUpperInvariant();
            members = members.Where(member => member.NormalizedEmail!.Contains(upper) || member.DisplayName.ToLower().Contains(word) || member.DisplayName.Contains(typed));
        }

        return members;
    }

    private static List<MemberMatch> Best(IEnumerable<MemberMatch> found, SearchWords words) =>
    [
        .. found.DistinctBy(match => match.Id)
            .OrderBy(match => !match.Active)
            .ThenBy(match => words.Rank(match.Name) ?? words.Rank(match.Email) ?? int.MaxValue)
            .ThenBy(match => match.Name, StringComparer.OrdinalIgnoreCase)
            .Take(Most),
    ];
}
