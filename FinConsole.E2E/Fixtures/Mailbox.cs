using System.Text.RegularExpressions;
using MimeKit;

namespace FinConsole.E2E.Fixtures;

/// <summary>Reads the emails that the program dropped into its folder.</summary>
public sealed partial class Mailbox(string folder)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>The one-time link in the first email to this address that has one.</summary>
    public async Task<Uri> WaitForLinkAsync(string to, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestWait);
        while (true)
        {
            foreach (var email in EmailsTo(to))
            {
                if (Link().Match(email) is { Success: true } link)
                    return new Uri(link.Value);
            }

            await Task.Delay(Interval, limit.Token);
        }
    }

    public IEnumerable<string> EmailsTo(string to) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.eml").Select(file => Decode(file, to)).OfType<string>()
        : [];

    private static string? Decode(string file, string to)
    {
        using var email = MimeMessage.Load(file);
        return email.To.Mailboxes.Any(mailbox => mailbox.Address.Equals(to, StringComparison.OrdinalIgnoreCase)) ? email.TextBody : null;
    }

    [GeneratedRegex(@"https?://\S+\?token=[0-9A-Za-z]{43}")]
    private static partial Regex Link();
}
