using System.Globalization;
using FinConsole.Core.Common;

namespace FinConsole.Core.ApiTokens.Listing;

/// <summary>The orders of the token list, each a keyset over its own index with the id as tie-break.</summary>
internal static class TokenOrder
{
    /// <summary>Orders the rows, and starts behind the cursor.</summary>
    public static IQueryable<ApiToken> Apply(IQueryable<ApiToken> tokens, TokenSort sort, Cursor? cursor)
    {
        var id = Guid.TryParse(cursor?.Id, out var parsed) ? parsed : (Guid?)null;
        var time = id is not null && long.TryParse(cursor?.Key, CultureInfo.InvariantCulture, out var ticks) && ticks is >= 0 and <= 3155378975999999999
            ? new DateTimeOffset(ticks, TimeSpan.Zero) : (DateTimeOffset?)null;
        switch (sort)
        {
            case TokenSort.Name:
                if (id is not null && cursor?.Key is { } key)
                    tokens = tokens.Where(token => token.NameKey.CompareTo(key) > 0 || (token.NameKey == key && token.Id.CompareTo(id.Value) > 0));
                return tokens.OrderBy(token => token.NameKey).ThenBy(token => token.Id);
            case TokenSort.ExpiresSoonest:
                if (time is not null)
                    tokens = tokens.Where(token => token.ExpiresAt > time || (token.ExpiresAt == time && token.Id.CompareTo(id!.Value) > 0));
                return tokens.OrderBy(token => token.ExpiresAt).ThenBy(token => token.Id);
            case TokenSort.Newest:
            default:
                if (time is not null)
                    tokens = tokens.Where(token => token.CreatedAt < time || (token.CreatedAt == time && token.Id.CompareTo(id!.Value) < 0));
                return tokens.OrderByDescending(token => token.CreatedAt).ThenByDescending(token => token.Id);
        }
    }

    public static Cursor CursorOf(TokenView token, TokenSort sort) => sort switch
    {
        TokenSort.Name => new Cursor(TokenInput.KeyOf(token.Name), token.Id.ToString()),
        TokenSort.ExpiresSoonest => new Cursor(token.ExpiresAt.UtcTicks.ToString(CultureInfo.InvariantCulture), token.Id.ToString()),
        TokenSort.Newest => new Cursor(token.CreatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture), token.Id.ToString()),
    };
}
