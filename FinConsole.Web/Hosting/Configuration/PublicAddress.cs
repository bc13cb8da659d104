namespace FinConsole.Web.Hosting.Configuration;

/// <summary>Reads <c>Console:PublicUrl</c>. Development takes the address that it listens on where none is set.</summary>
internal static class PublicAddress
{
    private const string DevelopmentDefault = "http://localhost:5080";

    public static Uri? Read(IConfiguration configuration, bool development, bool serves, Faults faults)
    {
        var text = configuration["Console:PublicUrl"];
        if (string.IsNullOrEmpty(text) && (development || !serves))
            text = Listening(configuration) ?? DevelopmentDefault;

        var safe = Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (development || !serves)));
        if (safe)
            return url;
        faults.Add(ConfigurationTexts.PublicUrlUnsafe);
        return null;
    }

    private static string? Listening(IConfiguration configuration) =>
        configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()?
            .Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .Replace("//[::]", "//localhost", StringComparison.Ordinal);
}
