using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Shared;

[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
public sealed partial class Timestamp
{
    /// <summary>The same as markup, one node of the tree of whoever asks: see <see cref="Icon.Draw"/>.</summary>
    public static MarkupString Draw(UserClock clock, DateTimeOffset at, string form = Relative) => EncodedHtml.Of(
        $"<time datetime=\"{at.UtcDateTime.ToString("O")}\" title=\"{UserClock.Utc(at)}\" class=\"{(form == Relative ? "fc-nowrap fc-relative" : "fc-nowrap")}\" translate=\"no\">{DayFor(clock, at, form)}{Text(clock, at, form)}</time>");

    /// <summary>How far away a time is, in a text that has a place for it.</summary>
    /// <param name="clock">The reader's.</param>
    /// <param name="text">With {0} in it.</param>
    /// <param name="at">The time.</param>
    public static MarkupString DrawIn(UserClock clock, string text, DateTimeOffset at)
    {
        var parts = text.Split("{0}", 2);
        return EncodedHtml.Of($"{parts[0]}{Draw(clock, at)}{parts[1]}");
    }

    // Under a day's heading the day is heard, and not seen again.
    private static MarkupString DayFor(UserClock clock, DateTimeOffset at, string form) =>
        form == "time" ? EncodedHtml.Of($"<span class=\"fc-hidden\">{clock.Day(at)}, </span>") : default;
}
