using System.Globalization;
using FinConsole.Core.Common;

namespace FinConsole.Web.Components.Shared;

/// <summary>Numbers of requests as people read them.</summary>
internal static class RequestCount
{
    /// <summary>For example "1,204".</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>For example "1,204 requests".</summary>
    public static string Of(long count) => count == 1 ? SharedTexts.RequestsOne : Texts.Format(SharedTexts.RequestsMany, Number(count));
}
