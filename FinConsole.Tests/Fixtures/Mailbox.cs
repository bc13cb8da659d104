using System.Text.RegularExpressions;
using MimeKit;

namespace FinConsole.Tests.Fixtures;

/// <summary>Reads the emails that the email queue dropped into a folder.</summary>
public sealed partial class Mailbox(string folder)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>The one-time secret in the newest email to this address that <paramref name="seen"/> does not hold yet.</summary>
    public async Task<string> WaitForLinkAsync(string to, ISet<string> seen, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestWait);
        while (true)
        {
            foreach (var email in Read())
            {
                if (email.Contains($"To: {to}", StringComparison.Ordinal) && Link().Match(email) is { Success: true } link && seen.Add(link.Groups[1].Value))
                    return link.Groups[1].Value;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Waits until an email to this address has this text in it.</summary>
    public async Task WaitForAsync(string to, string text, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestWait);
        while (!Read().Any(email => email.Contains($"To: {to}", StringComparison.Ordinal) && email.Contains(text, StringComparison.Ordinal)))
            await Task.Delay(20, limit.Token);
    }

    /// <summary>Whether an email to this address lies here already.</summary>
    public bool Holds(string to) => Read().Any(email => email.Contains($"To: {to}", StringComparison.Ordinal));

    private IEnumerable<string> Read() => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.eml").Select(Decode) : [];

    private static string Decode(string file)
    {
        using var email = MimeMessage.Load(file);
        return $"To: {email.To}\r\nSubject: {email.Subject}\r\n\r\n{email.TextBody?.ReplaceLineEndings("\r\n")}";
    }

    [GeneratedRegex(@"\?token=([0-9A-Za-z]{43})\r\n\r\n")]
    private static partial Regex Link();
}
