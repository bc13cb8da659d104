using FinConsole.Core.Common;

namespace FinConsole.Core.Email;

/// <summary>Where this console is reached from outside, for links in emails. Never taken from a request's Host header, which anybody can set.</summary>
public sealed class ConsoleAddress(Uri publicUrl)
{
    /// <summary>A link that carries a one-time secret. The pages behind it send no referrer, and the request log keeps no query strings.</summary>
    public string Of(string path, Secret token) => new Uri(publicUrl, $"{path}?token={token.Reveal()}").ToString();

    public string Of(string path) => new Uri(publicUrl, path).ToString();

    /// <summary>The host's name alone, without a port.</summary>
    public string Host => publicUrl.IdnHost;
}
