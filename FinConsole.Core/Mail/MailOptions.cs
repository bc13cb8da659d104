using FinConsole.Core.Common;

namespace FinConsole.Core.Mail;

/// <summary>Section <c>Mail</c>: a folder to drop emails in (development), or an SMTP server.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "finconsole@localhost";

    /// <summary>Where emails are written as .eml files instead of being sent.</summary>
    public string? PickupDirectory { get; set; }

    public string? SmtpHost { get; set; }

    public int SmtpPort { get; set; } = 587;

    public string? SmtpUser { get; set; }

    public string? SmtpPassword { get; set; }

    /// <summary>STARTTLS; off only for a relay on this machine.</summary>
    public bool SmtpTls { get; set; } = true;
}

/// <summary>Where this console is reached from outside, for links in emails. Never taken from a request's Host header, which anybody can set.</summary>
public sealed class ConsoleAddress(Uri publicUrl)
{
    /// <summary>A link that carries a one-time secret. The pages behind it send no referrer, and the request log keeps no query strings.</summary>
    public string Of(string path, Secret token) => new Uri(publicUrl, $"{path}?token={token.Reveal()}").ToString();

    public string Of(string path) => new Uri(publicUrl, path).ToString();

    /// <summary>The host's name alone, without a port.</summary>
    public string Host => publicUrl.IdnHost;
}
