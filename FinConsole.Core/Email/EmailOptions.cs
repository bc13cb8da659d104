namespace FinConsole.Core.Email;

/// <summary>Section <c>Mail</c>: a folder to drop emails in (development), or an SMTP server.</summary>
public sealed class EmailOptions
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
