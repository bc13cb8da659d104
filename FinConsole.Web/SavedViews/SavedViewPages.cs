using FinConsole.Core.Common;
using FinConsole.Core.SavedViews;

namespace FinConsole.Web.SavedViews;

/// <summary>What the menu of views and its dialogs ask for.</summary>
public sealed record SavedViewCommands(ListSavedViews List, SaveView Save, EditSavedView Edit, DeleteSavedView Delete);

/// <summary>A list, as its views see it.</summary>
/// <param name="List">Which.</param>
/// <param name="Path">Its address, without a query.</param>
/// <param name="Query">The filters in force, as its address has them; empty for none.</param>
/// <param name="Fault">What is wrong with a filter of this name and value; null for nothing. A list's filters may have changed since a view was saved.</param>
public sealed record ViewedList(SavedViewList List, string Path, string Query, Func<string, string, string?> Fault)
{
    /// <summary>What of a view's filters no longer means anything, in words; empty when all is well.</summary>
    public IReadOnlyList<string> FaultsOf(string query) =>
    [
        .. from filter in SavedViewFilters.Read(query)
           let fault = SavedViewFilters.Has(List, filter.Key) ? Fault(filter.Key, filter.Value) : Texts.Format(SavedViewTexts.UnknownFilter, filter.Key, Shorten(filter.Value))
           where fault is not null
           select fault,
    ];

    /// <summary>The filters as somebody reads them.</summary>
    public string Describe(string query) => string.Join(
        " · ", SavedViewFilters.Read(query).Select(filter => List == SavedViewList.AuditLog ? filter.Value : $"{filter.Key}: {filter.Value}"));

    /// <summary>A value that is not understood, short enough for a line.</summary>
    public static string Unreadable(string name, string value) => Texts.Format(SavedViewTexts.UnknownFilter, name, Shorten(value));

    private static string Shorten(string value) => value.Length <= 40 ? value : value[..39] + "…";
}

public static class SavedViewPages
{
    public static IServiceCollection AddSavedViewPages(this IServiceCollection services) => services.AddSingleton<SavedViewCommands>();
}
