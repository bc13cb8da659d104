namespace FinConsole.Core.Email;

/// <summary>A plain-text email. It may hold a one-time link, and so is never logged.</summary>
public sealed record EmailMessage(string To, string Subject, string Body)
{
    public override string ToString() => $"Email \"{Subject}\"";
}
