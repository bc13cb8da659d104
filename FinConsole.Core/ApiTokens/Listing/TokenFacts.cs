using System.Linq.Expressions;
using FinConsole.Core.Common;
using FinConsole.Core.Policies;

namespace FinConsole.Core.ApiTokens.Listing;

/// <summary>A token's row with what follows from it at a moment, computed in the database from the rules' own expressions, so that SQL and code cannot disagree.</summary>
internal sealed class TokenFacts
{
    public required ApiToken Token { get; init; }

    public TokenStatus Status { get; init; }

    public bool Dormant { get; init; }

    public bool Overdue { get; init; }

    /// <summary>Adds the facts to every row.</summary>
    public static IQueryable<TokenFacts> Of(IQueryable<ApiToken> tokens, DateTimeOffset now, RotationPolicy policy)
    {
        var status = TokenStatusRule.At(now);
        var token = status.Parameters[0];
        var row = Expression.MemberInit(
            Expression.New(typeof(TokenFacts)),
            Bind(nameof(Token), token),
            Bind(nameof(Status), status.Body),
            Bind(nameof(Dormant), TokenStatusRule.IsDormant(now).BodyFor(token)),
            Bind(nameof(Overdue), TokenStatusRule.IsOverdue(policy, now).BodyFor(token)));
        return tokens.Select(Expression.Lambda<Func<ApiToken, TokenFacts>>(row, token));
    }

    private static MemberAssignment Bind(string property, Expression value) => Expression.Bind(typeof(TokenFacts).GetProperty(property)!, value);
}
