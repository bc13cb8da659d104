using System.Linq.Expressions;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Listing;

/// <summary>A token as a search box names it.</summary>
public sealed record TokenMatch(Guid Id, string Name, TokenEnvironment Environment, TokenStatus Status, string Prefix, string LastFour)
{
    /// <summary>First eleven and last four characters.</summary>
    public string Masked => $"{Prefix}…{LastFour}";
}

/// <summary>
/// Finds a few tokens while somebody types: by the words or the beginning of a name, by the masked token, or by the id. The work is bounded
/// however many tokens there are: a beginning is looked up in the index of live names, everything else among the newest tokens alone.
/// </summary>
public sealed class LookUpApiTokens(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    /// <summary>How many are found at most.</summary>
    public const int Most = 6;

    /// <summary>How many of the newest tokens are looked through.</summary>
    public const int Reach = 1000;

    // Enough to rank from: those that fit best need not be the newest.
    private const int Candidates = 40;

    /// <param name="text">Words of the name in any order, a masked token or the beginning or end of one, or an id. Empty finds nothing.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Best first; those that have ended come last.</returns>
    public async Task<Result<IReadOnlyList<TokenMatch>>> HandleAsync(string text, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadTokens, new AuditSubject(AuditResource.Token, null, "Tokens"), cancellationToken) is { } refusal)
            return refusal;

        // A whole token is looked up by what may be shown of it.
        var words = SearchWords.Of(ApiTokenSecret.TryParse(text.Trim(), out var secret) ? $"{secret!.Prefix}…{secret.LastFour}" : text);
        if (words.IsEmpty)
            return new List<TokenMatch>();
        await using var context = db.Open(actor.TenantId);
        var projection = Projection(time.GetUtcNow());
        var all = context.Set<ApiToken>().AsNoTracking();
        if (Guid.TryParse(words.Text, out var id))
            return await all.Where(token => token.Id == id).Select(projection).ToListAsync(cancellationToken);

        // In the index's order those that begin so stand together, whatever follows them.
        var key = TokenInput.KeyOf(words.Text);
        var begun = await all.Where(token => token.EndedAt == null && token.SuccessorId == null && token.OverlapEndsAt == null && token.NameKey.CompareTo(key) >= 0)
            .OrderBy(token => token.NameKey).Take(Most).Select(projection).ToListAsync(cancellationToken);
        var newest = await Matching(all.OrderByDescending(token => token.CreatedAt).ThenByDescending(token => token.Id).Take(Reach), words)
            .OrderBy(token => token.EndedAt != null).ThenByDescending(token => token.CreatedAt).Take(Candidates).Select(projection).ToListAsync(cancellationToken);
        return Best([.. begun.Where(match => TokenInput.KeyOf(match.Name).StartsWith(key, StringComparison.Ordinal)), .. newest], words);
    }

    private static IQueryable<ApiToken> Matching(IQueryable<ApiToken> tokens, SearchWords words)
    {
        var named = words.Words.Select(Expression<Func<ApiToken, bool>> (word) => token => token.NameKey.Contains(word)).Aggregate((all, next) => all.And(next));
        return tokens.Where(MaskedLike(words.Text) is { } masked ? named.Or(masked) : named);
    }

    // What is shown of a token is its beginning and its end. People type or paste the one, the other, or both with what stands between.
    private static Expression<Func<ApiToken, bool>>? MaskedLike(string text)
    {
        if (text.Length == ApiTokenSecret.SuffixLength)
            return token => token.LastFour == text;
        if (!text.StartsWith(ApiTokenSecret.Start, StringComparison.Ordinal))
            return null;
        var parts = text.Split('…', 2);
        var (prefix, lastFour) = (parts[0], parts.Length == 2 ? parts[1] : "");
        return token => token.Prefix.StartsWith(prefix) && (lastFour == "" || token.LastFour == lastFour);
    }

    private static List<TokenMatch> Best(IEnumerable<TokenMatch> found, SearchWords words) =>
    [
        .. found.DistinctBy(match => match.Id)
            .OrderBy(match => match.Status.HasEnded())
            .ThenBy(match => words.Rank(match.Name) ?? int.MaxValue)
            .ThenBy(match => match.Name, StringComparer.OrdinalIgnoreCase)
            .Take(Most),
    ];

    private static Expression<Func<ApiToken, TokenMatch>> Projection(DateTimeOffset now)
    {
        var status = TokenStatusRule.At(now);
        var token = status.Parameters[0];
        MemberExpression Of(string property) => Expression.Property(token, property);
        var match = Expression.New(
            typeof(TokenMatch).GetConstructors().Single(each => each.GetParameters().Length > 1),
            Of(nameof(ApiToken.Id)), Of(nameof(ApiToken.Name)), Of(nameof(ApiToken.Environment)), status.Body, Of(nameof(ApiToken.Prefix)), Of(nameof(ApiToken.LastFour)));
        return Expression.Lambda<Func<ApiToken, TokenMatch>>(match, token);
    }
}
