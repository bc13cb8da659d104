using System.Globalization;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.AuditLog;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Audit;

/// <summary>Controls over the search's text: they show what it says once and plainly, and are empty where it says more.</summary>
public sealed partial class AuditFilters
{
    private const string Other = "other";

    private static readonly IReadOnlyList<IGrouping<string, string>> Groups = [.. AuditActions.All.Select(action => action.Name()).GroupBy(name => name.Split('.')[0])];

    private static readonly (string Value, string Text)[] Periods =
    [
        ("1h", AuditTexts.PeriodHour), ("24h", AuditTexts.PeriodDay), ("7d", AuditTexts.PeriodWeek), ("30d", AuditTexts.PeriodMonth), ("90d", AuditTexts.PeriodQuarter), ("365d", AuditTexts.PeriodYear),
    ];

    [Parameter, EditorRequired]
    public string Query { get; set; } = "";

    [Parameter]
    public EventCallback<string> OnSearch { get; set; }

    private string Period
    {
        get
        {
            var since = AuditSearchEdit.Get(Query, AuditFields.Since);
            if (since is null && AuditSearchEdit.Get(Query, AuditFields.Until) is null)
                return "";
            return AuditSearchEdit.Get(Query, AuditFields.Until) is null && Periods.Any(period => period.Value == since) ? since! : Other;
        }
    }

    private int Active =>
        new[] { AuditFields.Action, AuditFields.Actor, AuditFields.Result, AuditFields.Since, AuditFields.Until }.Count(name => Field(name).Length > 0);

    // A search may say what no list holds.
    private string Known => Field(AuditFields.Action).ToLowerInvariant() is var typed && Groups.Any(group => group.Key == typed || group.Contains(typed)) ? typed : "";

    private string Field(string name) => AuditSearchEdit.Get(Query, name) ?? "";

    private string? Day(string name) =>
        DateOnly.TryParseExact(Field(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? Field(name) : null;

    private Task SetAsync(string name, string? value) => OnSearch.InvokeAsync(AuditSearchEdit.Set(Query, name, string.IsNullOrWhiteSpace(value) ? null : value.Trim()));

    private Task SetPeriodAsync(string? value) => value == Other
        ? Task.CompletedTask
        : OnSearch.InvokeAsync(AuditSearchEdit.Set(AuditSearchEdit.Set(Query, AuditFields.Until, null), AuditFields.Since, string.IsNullOrEmpty(value) ? null : value));
}
