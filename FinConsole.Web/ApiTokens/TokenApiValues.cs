using FinConsole.Core.ApiTokens;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.ApiTokens;

/// <summary>What the API calls things of tokens (api.md).</summary>
internal static class TokenApiValues
{
    public static readonly EnumValues<TokenEnvironment> Environments =
        new(("development", TokenEnvironment.Development), ("staging", TokenEnvironment.Staging), ("production", TokenEnvironment.Production));

    public static readonly EnumValues<TokenExpiry> Expiries =
        new(("24h", TokenExpiry.Hours24), ("1m", TokenExpiry.Month1), ("3m", TokenExpiry.Months3), ("6m", TokenExpiry.Months6), ("1y", TokenExpiry.Year1));

    public static readonly EnumValues<TokenOverlap> Overlaps =
        new(("0", TokenOverlap.None), ("1h", TokenOverlap.Hour1), ("24h", TokenOverlap.Hours24), ("7d", TokenOverlap.Days7));

    public static readonly EnumValues<InvalidationReason> Reasons = new(
        ("compromised", InvalidationReason.Compromised), ("no_longer_needed", InvalidationReason.NoLongerNeeded), ("member_left", InvalidationReason.MemberLeft),
        ("other", InvalidationReason.Other));

    public static readonly EnumValues<TokenStatus> Statuses = new(
        ("active", TokenStatus.Active), ("expiring", TokenStatus.Expiring), ("rotating", TokenStatus.Rotating), ("pending", TokenStatus.Pending),
        ("disabled", TokenStatus.Disabled), ("expired", TokenStatus.Expired), ("retired", TokenStatus.Retired), ("invalidated", TokenStatus.Invalidated),
        ("void", TokenStatus.Void));
}
