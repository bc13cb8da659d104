using FinConsole.Core.Usage.Reports;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.Usage;

/// <summary>Requests by how they were answered.</summary>
/// <param name="Requests">How many in all. A gateway that asks before and reports afterwards makes one request of two counts.</param>
/// <param name="Success">Answered 200 to 299.</param>
/// <param name="Redirect">Answered 300 to 399.</param>
/// <param name="ClientError">Answered 400 to 499.</param>
/// <param name="ServerError">Answered 500 to 599.</param>
/// <param name="Verified">Verified for a gateway.</param>
internal sealed record UsageCountsResponse(long Requests, long Success, long Redirect, long ClientError, long ServerError, long Verified)
{
    public static UsageCountsResponse Of(UsageCounts counts) =>
        new(counts.Requests, counts.Success, counts.Redirect, counts.ClientError, counts.ServerError, counts.Verified);
}

/// <summary>One hour, or one day of UTC.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Counts">Its requests.</param>
internal sealed record UsageStepResponse(DateTimeOffset From, DateTimeOffset To, UsageCountsResponse Counts);

/// <summary>A token's share.</summary>
/// <param name="TokenId">The token's id.</param>
/// <param name="Name">The token's name.</param>
/// <param name="Masked">Its first eleven and last four characters.</param>
/// <param name="Environment">Where its holder runs.</param>
/// <param name="Counts">Its requests.</param>
internal sealed record UsageOfTokenResponse(Guid TokenId, string Name, string Masked, [property: OneOf("development", "staging", "production")] string Environment, UsageCountsResponse Counts);

/// <summary>An endpoint's share.</summary>
/// <param name="Endpoint">Method and route.</param>
/// <param name="Counts">Its requests.</param>
internal sealed record UsageOfEndpointResponse(string Endpoint, UsageCountsResponse Counts);

/// <summary>A country's share.</summary>
/// <param name="Country">Two letters (ISO 3166-1); null where nobody knows.</param>
/// <param name="Counts">Its requests.</param>
internal sealed record UsageOfCountryResponse(string? Country, UsageCountsResponse Counts);

/// <summary>Usage in a period.</summary>
/// <param name="From">Where the first step begins: a full hour.</param>
/// <param name="To">Where the last step ends.</param>
/// <param name="By">How long a step is.</param>
/// <param name="Total">All requests of the period.</param>
/// <param name="Steps">Without a gap, oldest first.</param>
/// <param name="Tokens">The fifty with the most requests.</param>
/// <param name="Endpoints">The fifty with the most requests.</param>
/// <param name="Countries">The fifty with the most requests.</param>
internal sealed record UsageResponse(
    DateTimeOffset From, DateTimeOffset To, [property: OneOf("hour", "day")] string By, UsageCountsResponse Total, IReadOnlyList<UsageStepResponse> Steps,
    IReadOnlyList<UsageOfTokenResponse> Tokens, IReadOnlyList<UsageOfEndpointResponse> Endpoints, IReadOnlyList<UsageOfCountryResponse> Countries)
{
    public static UsageResponse Of(UsageView view) => new(
        view.From, view.To, UsageApi.Units.Of(view.By), UsageCountsResponse.Of(view.Total),
        [.. view.Steps.Select(step => new UsageStepResponse(step.From, step.To, UsageCountsResponse.Of(step.Counts)))],
        [.. view.Tokens.Select(token => new UsageOfTokenResponse(token.TokenId, token.Name, token.Masked, TokenApiValues.Environments.Of(token.Environment), UsageCountsResponse.Of(token.Counts)))],
        [.. view.Endpoints.Select(share => new UsageOfEndpointResponse(share.Key, UsageCountsResponse.Of(share.Counts)))],
        [.. view.Countries.Select(share => new UsageOfCountryResponse(share.Key.Length == 0 ? null : share.Key, UsageCountsResponse.Of(share.Counts)))]);
}

/// <summary>What a gateway let through.</summary>
/// <param name="Items">1 to 1,000 requests.</param>
internal sealed record UsageReportBody(IReadOnlyList<UsageReportItem> Items);

/// <summary>One request that a tenant's token made.</summary>
/// <param name="TokenId">As authorize told it (<c>X-Token-Id</c>).</param>
/// <param name="Method">The request's method.</param>
/// <param name="Path">The request's path; its resource alone is kept.</param>
/// <param name="Status">The answer's status: 100 to 599.</param>
/// <param name="At">When: within the last seven days.</param>
/// <param name="Ip">The client's address, IPv4 or IPv6.</param>
internal sealed record UsageReportItem(Guid TokenId, string Method, string Path, int Status, DateTimeOffset At, string? Ip = null);

/// <summary>What became of a report.</summary>
/// <param name="Counted">How many requests were counted.</param>
/// <param name="Skipped">How many were of tokens that nobody knows.</param>
internal sealed record UsageReportResponse(int Counted, int Skipped);
