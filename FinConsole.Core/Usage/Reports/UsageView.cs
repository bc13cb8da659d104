using FinConsole.Core.ApiTokens;

namespace FinConsole.Core.Usage.Reports;

/// <summary>How long a step of the series is.</summary>
public enum UsageUnit
{
    Hour,
    Day,
}

/// <summary>What to show: whole hours of a period, of one token, endpoint or country where named.</summary>
/// <param name="From">Inclusive; the hour that it lies in counts whole.</param>
/// <param name="To">Exclusive; the hour that it lies in counts whole.</param>
/// <param name="By">Length of a step.</param>
/// <param name="Country">Two letters; empty for requests whose country nobody knows; null for all.</param>
public sealed record UsageQuery(DateTimeOffset From, DateTimeOffset To, UsageUnit By, Guid? TokenId = null, string? Endpoint = null, string? Country = null);

/// <summary>Requests by how they were answered.</summary>
/// <param name="Verified">Verified for a gateway, which may report the same requests with their answers afterwards.</param>
public readonly record struct UsageCounts(long Success, long Redirect, long ClientError, long ServerError, long Verified)
{
    /// <summary>A gateway that asks before and reports after makes two counts of one request: the greater of the two is how many there were.</summary>
    public long Requests => Math.Max(Success + Redirect + ClientError + ServerError, Verified);

    public long this[UsageStatus status] => status switch
    {
        UsageStatus.Verified => Verified,
        UsageStatus.Success => Success,
        UsageStatus.Redirect => Redirect,
        UsageStatus.ClientError => ClientError,
        UsageStatus.ServerError => ServerError,
    };

    public UsageCounts Plus(UsageStatus status, long count) => status switch
    {
        UsageStatus.Verified => this with { Verified = Verified + count },
        UsageStatus.Success => this with { Success = Success + count },
        UsageStatus.Redirect => this with { Redirect = Redirect + count },
        UsageStatus.ClientError => this with { ClientError = ClientError + count },
        UsageStatus.ServerError => this with { ServerError = ServerError + count },
    };
}

/// <summary>One step of the series.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record UsageStep(DateTimeOffset From, DateTimeOffset To, UsageCounts Counts);

/// <summary>A token's share.</summary>
public sealed record UsageOfToken(Guid TokenId, string Name, string Masked, TokenEnvironment Environment, UsageCounts Counts);

/// <summary>An endpoint's or a country's share.</summary>
/// <param name="Key">The endpoint; or the country's two letters, empty where nobody knows.</param>
public sealed record UsageShare(string Key, UsageCounts Counts);

/// <summary>Usage in a period.</summary>
/// <param name="From">Where the first step begins.</param>
/// <param name="To">Where the last step ends.</param>
/// <param name="Steps">Without a gap, oldest first.</param>
/// <param name="Tokens">Those with the most requests first; at most <see cref="ShowUsage.MostShares"/>, as are the others.</param>
public sealed record UsageView(
    DateTimeOffset From, DateTimeOffset To, UsageUnit By, UsageCounts Total, IReadOnlyList<UsageStep> Steps,
    IReadOnlyList<UsageOfToken> Tokens, IReadOnlyList<UsageShare> Endpoints, IReadOnlyList<UsageShare> Countries);
