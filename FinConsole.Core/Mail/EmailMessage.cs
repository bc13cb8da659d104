namespace FinConsole.Core.Mail;

/// <summary>A plain-text email. It may hold a one-time link, and so is never logged.</summary>
public sealed record EmailMessage(string To, string Subject, string Body)
{
    public override string ToString() => $"Email \"{Subject}\"";
}
