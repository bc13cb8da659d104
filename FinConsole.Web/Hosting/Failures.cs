using System.Data.Common;

namespace FinConsole.Web.Hosting;

/// <summary>What an exception says of the program's surroundings.</summary>
public static class Failures
{
    /// <summary>
    /// Whether the database is unavailable, full or locked: nothing was changed, and trying again later may help. Every response that tells
    /// this from a bug asks here.
    /// </summary>
    public static bool IsDatabase(Exception? failure) => failure is DbException || (failure?.InnerException is { } inner && IsDatabase(inner));
}
