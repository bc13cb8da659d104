using FinConsole.Core.Usage.Reports;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Usage;

/// <summary>How the tenant's tokens are used. The address carries the period and the filters, so that a view can be shared.</summary>
public sealed partial class UsagePage(ShowUsage show, CurrentActor current, NavigationManager navigation)
{
    private UsageListQuery _query = UsageListQuery.All;
    private readonly List<IgnoredValue> _ignored = [];
    private UsageView? _view;
    private string? _failure;
    private int _loads;

    [SupplyParameterFromQuery(Name = UsageListQuery.PeriodKey)]
    public string? Period { get; set; }

    [SupplyParameterFromQuery(Name = UsageListQuery.FromKey)]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = UsageListQuery.ToKey)]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = UsageListQuery.ByKey)]
    public string? By { get; set; }

    [SupplyParameterFromQuery(Name = UsageListQuery.TokenKey)]
    public string? Token { get; set; }

    [SupplyParameterFromQuery(Name = UsageListQuery.EndpointKey)]
    public string? Endpoint { get; set; }

    [SupplyParameterFromQuery(Name = UsageListQuery.CountryKey)]
    public string? Country { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private IEnumerable<(string Text, UsageListQuery Without)> Narrowings
    {
        get
        {
            if (_query.Token is { } token)
                yield return (_view?.Tokens.FirstOrDefault(each => each.TokenId == token)?.Name ?? UsageTexts.OneToken, _query.With((UsageListQuery.TokenKey, null)));
            if (_query.Endpoint is { } endpoint)
                yield return (endpoint, _query.With((UsageListQuery.EndpointKey, null)));
            if (_query.Country is { } country)
                yield return (UsageLabels.Country(country == UsageListQuery.UnknownCountry ? "" : country.ToUpperInvariant()), _query.With((UsageListQuery.CountryKey, null)));
        }
    }

    private IReadOnlyList<UsageTable.Row> Tokens =>
    [
        .. _view!.Tokens.Select(token => new UsageTable.Row(
            token.Name, $"{TokenLabels.Of(token.Environment)} · {token.Masked}", _query.With((UsageListQuery.TokenKey, token.TokenId.ToString("D"))).ToUrl(), token.Counts)),
    ];

    private IReadOnlyList<UsageTable.Row> Endpoints =>
        [.. _view!.Endpoints.Select(share => new UsageTable.Row(share.Key, null, _query.With((UsageListQuery.EndpointKey, share.Key)).ToUrl(), share.Counts))];

    private IReadOnlyList<UsageTable.Row> Countries =>
    [
        .. _view!.Countries.Select(share => new UsageTable.Row(
            UsageLabels.Country(share.Key), null, _query.With((UsageListQuery.CountryKey, share.Key.Length == 0 ? UsageListQuery.UnknownCountry : share.Key)).ToUrl(), share.Counts)),
    ];

    protected override async Task OnParametersSetAsync()
    {
        _ignored.Clear();
        _query = UsageListQuery.Read(key => key switch
        {
            UsageListQuery.PeriodKey => Period,
            UsageListQuery.FromKey => From,
            UsageListQuery.ToKey => To,
            UsageListQuery.ByKey => By,
            UsageListQuery.TokenKey => Token,
            UsageListQuery.EndpointKey => Endpoint,
            _ => Country,
        }, _ignored);
        // Of loads that overlap, the last one asked for is shown.
        var load = ++_loads;
        var result = await show.HandleAsync(_query.ToQuery(Clock), Clock.Zone, await current.GetAsync(), CancellationToken.None);
        if (load != _loads)
            return;
        _view = result.Value;
        _failure = result.Error is { } error ? error.Fields.Values.FirstOrDefault() ?? error.Message : null;
    }

    private void Go(UsageListQuery query) => navigation.NavigateTo(query.ToUrl(), replace: true);

    private void Narrow(UsageStep step)
    {
        if (_view?.By == UsageUnit.Day)
            navigation.NavigateTo(_query.Narrowed(step, Clock).ToUrl());
    }
}
