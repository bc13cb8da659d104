namespace FinConsole.Core.LoginHistory;

/// <summary>Names a device from its user agent: browser family and operating system, for example "Firefox on Linux".</summary>
public static class DeviceName
{
    // In this order: Edge and Opera call themselves Chrome, Chrome calls itself Safari, everything calls itself Mozilla.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"),
        ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
        ("curl/", "curl"), ("Wget/", "Wget"), ("python-requests/", "Python"), ("PostmanRuntime/", "Postman"), ("okhttp/", "OkHttp"), ("Java/", "Java"), ("node", "Node.js"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>The device's name; null where the user agent names neither.</summary>
    public static string? Parse(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
            return null;
        var browser = Find(Browsers, userAgent);
        var system = Find(Systems, userAgent);
        return (browser, system) switch
        {
            (null, null) => null,
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }

    private static string? Find((string Mark, string Name)[] marks, string userAgent) =>
        Array.Find(marks, mark => userAgent.Contains(mark.Mark, StringComparison.Ordinal)).Name;
}
