namespace FinConsole.Web.Hosting.Authentication;

/// <summary>
/// Return URLs. Only a path of this console is followed: "//host", "/\host", absolute ones and the same in percent-encoding are
/// refused, since each would let a sign-in page send people elsewhere.
/// </summary>
public static class LocalUrls
{
    private const int Longest = 2000;
    private const int EncodingsUndone = 3;

    /// <summary>The URL where it is local and not a page of signing in or out, else <paramref name="fallback"/>.</summary>
    public static string Or(string fallback, string? url) => IsLocal(url) && !LeadsBack(url!) ? url! : fallback;

    public static bool IsLocal(string? url)
    {
        if (url is not { Length: > 0 and <= Longest })
            return false;

        var seen = url;
        for (var undone = 0; undone <= EncodingsUndone; undone++)
        {
            if (!IsPlainlyLocal(seen))
                return false;
            var decoded = Uri.UnescapeDataString(seen);
            if (decoded == seen)
                return true;
            seen = decoded;
        }

        return false;
    }

    private static bool IsPlainlyLocal(string url)
    {
        var path = url.Split('?', '#')[0];
        return url[0] == '/' && !path.Contains("//", StringComparison.Ordinal) && !path.Contains('\\') && !url.Any(char.IsControl);
    }

    private static bool LeadsBack(string url) =>
        url.StartsWith(ConsoleUrls.Login, StringComparison.OrdinalIgnoreCase) || url.StartsWith(ConsoleUrls.Logout, StringComparison.OrdinalIgnoreCase);
}
