using FinConsole.Core.Common;

namespace FinConsole.Core.SavedViews;

/// <summary>Why a view is not saved or changed.</summary>
public static class SavedViewErrors
{
    public static readonly Error NoSuchView = new(ErrorKind.NotFound, "saved_view_not_found", SavedViewErrorTexts.NoSuchView);

    public static readonly Error OwnNameTaken = new(ErrorKind.Conflict, "saved_view_name_taken", SavedViewErrorTexts.OwnNameTaken);

    public static readonly Error SharedNameTaken = new(ErrorKind.Conflict, "saved_view_name_taken", SavedViewErrorTexts.SharedNameTaken);

    public static readonly Error TooManyOwn = new(ErrorKind.Refused, "too_many_saved_views", Texts.Format(SavedViewErrorTexts.TooManyOwn, SavedView.Most));

    public static readonly Error TooManyShared = new(ErrorKind.Refused, "too_many_saved_views", Texts.Format(SavedViewErrorTexts.TooManyShared, SavedView.Most));

    internal static Error NameTaken(bool shared) => shared ? SharedNameTaken : OwnNameTaken;

    internal static Error TooMany(bool shared) => shared ? TooManyShared : TooManyOwn;
}
