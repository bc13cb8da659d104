namespace FinConsole.Tests.Gateway;

/// <summary>Raw request targets on which servers are known to disagree: an explicit list, and more from a grammar, always the same ones.</summary>
internal static class NastyTargets
{
    private const int Count = 2_000;
    private const int Seed = 20261130;

    private static readonly string[] Starts =
    [
        "", "", "", "", "", "", "", "", "http://api.example", "https://api.example:8443", "HTTP://api.example", "http://", "https:///", "http://a?", "http://a#", "http://u@a", "http://[::1]", "http://a\\", "//api.example", "/\\", "*", "api.example:443", "?", "#",
    ];

    private static readonly string[] Heads =
    [
        "/v1/accounts", "/v1/accounts", "/v1/accounts", "/accounts", "/v2/accounts/7", "/v1/payments", "/payments", "/v1/payments/7", "/V1/accounts", "/v1/Accounts", "/v1", "/v1//accounts", "/./v1/accounts", "/%761/accounts",
        "/v1/%61ccounts", "/v1;x/accounts", "/v1/accounts;x", "/v1/../v1/accounts", "/v1/v1/accounts", "/v1%2faccounts", "/v1\\accounts", "/v1/accounts.", "/v1/accounts%20", "/v1/.accounts",
    ];

    private static readonly string[] KeysetBatches =
    [
        "/", "//", "/.", "/..", "/...", "/%2e", "/%2e%2e", "/%2E.", "/.%2e", "%2f", "%2F..", "%5c", "%5C..%5c", "\\", "\\..\\", "/\\", ";", ";x=1", "/..;", "/..;/", "/..%3b", "/..%3B/", "/;/", "%3b", "#", "/#/", "#/..", "%23", "/%23/..",
        "?", "?x=1", "%3f", "%3F/..", "%00", "/..%00", "%0a", "%0d%0a", "%09", "\t", "%20", "/..%20", "/%20..", "/. .", " ", "%7f", "\u007f", "\u0001", "%c0%ae%c0%ae", "/%c0%ae%c0%ae/", "%c0%af", "%e0%80%af", "%f0%80%80%af", "%ff",
        "%ef%bc%8f", "/%ef%bc%8e%ef%bc%8e/", "%ef%bc%bc", "%e2%80%a5", "/%e2%80%a5/", "%e2%80%a4", "%e2%81%84", "%e2%88%95", "%cd%be", "%ef%bc%85%32%65", "\u00c3\u00bc", "\u00ef\u00bc\u008f", "\u00c0\u00af", "%25", "%252e%252e", "/%252e%252e/",
        "%252f", "%25%32%65", "%25252e", "%u002e", "/%u002e%u002e/", "%", "%2", "%zz", "%%32%65", "7", "a", "a%20b", "caf%C3%A9", ":", "@", "&", "=", "+", "~", ",", "|", "^", "{", "}", "[", "]", "\"", "<", ">", "`", "'", "!", "$", "(", ")", "*",
        "%c2%a5", "/..%c2%a5..", "%c5%a0", "/..%cc%81/", "%cc%81", "%d9%aa2e", "%e2%80%b0", "%e2%82%a9", "/%c2%b7%c2%b7/", "/%e2%80%a2%e2%80%a2/", "/..%ef%b8%8f/", "/%f3%a0%84%80../", "/.%cd%8f./", "/..%d8%9c/", "/..%e1%a0%8b/",
        "/payments", "/../payments", "/..%2fpayments", "/%2e%2e/payments", "/../../v1/payments", "payments/7", "/accounts",
    ];

    private static readonly string[] Mild =
    [
        "/", "/7", "/a", "/a%20b", "/caf%C3%A9", "/a:b", "/@me", "/a,b", "/a=b&c+d", "/~x", "/7.pdf", "/v2", "/.hidden", "/a..b", "/%23", "/%3F", "/(x)", "/*", "?x=1", "?x[]=1", "?next=/../payments", "?a;b", "/payments", "/accounts", "/%F0%9F%92%B6",
    ];

    private static readonly string[] Explicit =
    [
        "/v1/accounts#/../payments/7", "/v1/accounts/#/../../payments/7", "/v1/accounts?#/../../payments/7", "/v1/accounts/..;/payments/7", "/v1/accounts/..%3b/payments/7", "/v1/accounts/%2e%2e/payments/7",
        "/v1/accounts/..%2fpayments/7", "/v1/accounts%2f..%2fpayments/7", "/v1/accounts/..%5cpayments/7", "/v1/accounts/..\\payments/7", "/v1/accounts/%252e%252e/payments/7", "/v1/accounts/%c0%ae%c0%ae/payments/7",
        "/v1/accounts/%ef%bc%8e%ef%bc%8e/payments/7", "/v1/accounts/%u002e%u002e/payments/7", "http://a?/v1/accounts", "https:///v1/accounts", "http://a?/../v1/payments", "//v1/accounts", "//payments/v1/accounts", "///v1/accounts",
        "/v1/payments/../accounts", "/v1/payments/..;/accounts", "/v1/payments?/../accounts", "/v1/payments/7/../../accounts", "/v1/payments#/../accounts", "/v1/payments/%2e%2e/accounts", "*", "/", "?", "/v1/accounts/50%25",
    ];

    /// <summary>Such as an honest client sends: they get through.</summary>
    public static readonly IReadOnlyList<string> Good =
    [
        "/v1/accounts", "/accounts/7", "/v1/accounts/7/", "/v1/accounts?expand[]=owner&q=a%20b", "/v1/accounts/caf%C3%A9", "/v1/accounts/%E6%97%A5%e6%9c%ac/%F0%9F%92%B6", "/v1/accounts/a%20b", "/v1/accounts/a:b@c,d", "/v1/accounts/7.5..pdf", "/v1/accounts?next=/../payments;x", "/v12/accounts/~a!$&'()*+=",
    ];

    public static IReadOnlyList<string> All { get; } = Make();

    private static List<string> Make()
    {
        var dice = new Random(Seed);
        var all = new HashSet<string>([.. Good, .. Explicit], StringComparer.Ordinal);
        while (all.Count < Count)
        {
            // A third of them is harmless on the whole, so that enough gets through to be compared.
            var (starts, pieces) = dice.Next(3) == 0 ? (Starts[..8], Mild) : (Starts, KeysetBatches);
            var target = starts[dice.Next(starts.Length)] + Heads[dice.Next(Heads.Length)];
            for (var number = dice.Next(4); number > 0; number--)
                target += pieces[dice.Next(pieces.Length)];
            all.Add(dice.Next(2) == 0 ? target + "/payments/7" : target);
        }

        return [.. all];
    }
}
