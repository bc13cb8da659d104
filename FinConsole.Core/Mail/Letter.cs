namespace FinConsole.Core.Mail;

/// <summary>A plain-text letter. It may hold a one-time link, and so is never logged.</summary>
public sealed record Letter(string To, string Subject, string Body)
{
    public override string ToString() => $"Letter \"{Subject}\"";
}
