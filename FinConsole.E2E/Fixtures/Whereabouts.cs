namespace FinConsole.E2E.Fixtures;

/// <summary>From which address a browser comes, as its proxy says, and what it calls itself.</summary>
public sealed record Whereabouts(string Ip, string UserAgent)
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    /// <summary>In Germany, as the development settings have it.</summary>
    public static readonly Whereabouts Office = new("203.0.113.24", Firefox);

    /// <summary>In Brazil.</summary>
    public static readonly Whereabouts Abroad = new("192.0.2.77", Chrome);
}
