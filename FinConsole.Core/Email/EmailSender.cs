using System.Globalization;
using System.Net.NetworkInformation;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;

namespace FinConsole.Core.Email;

/// <summary>Sends one email: by SMTP, or as a file into the pickup directory. Returns once the server, or the folder, has it.</summary>
internal sealed class EmailSender(IOptions<EmailOptions> options, TimeProvider time)
{
    // RFC 5322 2.3: lines end with CRLF, on every platform.
    private static readonly FormatOptions Lines = LinesOfEmail();

    // An address without a domain is a typing error in the configuration.
    private static readonly ParserOptions WithDomain = new() { AllowAddressesWithoutDomain = false };

    /// <summary>How long one step of the conversation may take: to connect, to greet, to answer a command.</summary>
    public TimeSpan LongestStep { get; init; } = TimeSpan.FromMinutes(1);

    /// <param name="email">What to send.</param>
    /// <param name="id">Names the email in its <c>Message-ID</c>; the same in each try.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    public async Task SendAsync(EmailMessage email, Guid id, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var message = Compose(email, id, SenderOf(settings));
        if (settings.SmtpHost is { Length: > 0 } host)
            await SendBySmtpAsync(host, settings, message, cancellationToken);
        else if (settings.PickupDirectory is { Length: > 0 } folder)
            await DropAsync(Directory.CreateDirectory(Path.GetFullPath(folder)).FullName, message, id, cancellationToken);
        else
            throw new InvalidOperationException("Neither Mail:SmtpHost nor Mail:PickupDirectory is set.");
    }

    // Few mail servers take characters beyond ASCII before the @. A domain has a form that all take (RFC 5891).
    private static MailboxAddress SenderOf(EmailOptions settings)
    {
        var sender = MailboxAddress.Parse(WithDomain, settings.From);
        return sender.LocalPart.All(char.IsAscii) ? sender : throw new InvalidOperationException("Mail:From has a character beyond ASCII before the @.");
    }

    private MimeMessage Compose(EmailMessage email, Guid id, MailboxAddress sender)
    {
        // MimeKit would join the lines, and send what somebody smuggled in as a part of the subject.
        if (email.Subject.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException("A subject is one line.", nameof(email));

        var message = new MimeMessage
        {
            Subject = email.Subject,
            Date = time.GetUtcNow(),
            // RFC 5322 3.6.4: unique, and in a domain of the sender's.
            MessageId = $"{id:N}@{new IdnMapping().GetAscii(sender.Domain)}",
            // Quoted-printable, whatever the server can take: short lines, which no server on the way breaks or signs anew.
            Body = new TextPart(TextFormat.Plain) { Text = email.Body.ReplaceLineEndings("\r\n"), ContentTransferEncoding = ContentEncoding.QuotedPrintable },
        };
        message.From.Add(sender);
        message.To.Add(new MailboxAddress(null, email.To));
        // RFC 3834 5: no out-of-office reply to it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private async Task SendBySmtpAsync(string host, EmailOptions settings, MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient();
        client.Timeout = (int)LongestStep.TotalMilliseconds;
        client.LocalDomain = IPGlobalProperties.GetIPGlobalProperties().HostName;
        // A relay's certificate often comes from an authority of the company's own, which publishes no revocations.
        client.CheckCertificateRevocation = false;
        await client.ConnectAsync(host, settings.SmtpPort, settings.SmtpTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None, cancellationToken);
        // A relay that knows this machine by its address may offer no sign-in at all; one that wants it refuses the email.
        if (settings.SmtpUser is { Length: > 0 } user && client.Capabilities.HasFlag(SmtpCapabilities.Authentication))
            await client.AuthenticateAsync(user, settings.SmtpPassword ?? "", cancellationToken);
        // No address needs it, and a server further on the way may not know it: domains stay in ASCII.
        client.Capabilities &= ~SmtpCapabilities.UTF8;
        await client.SendAsync(Lines, message, cancellationToken);
        await CloseAsync(client, cancellationToken);
    }

    // The server has the email by now: another try, because it did not say goodbye, would deliver it twice.
    private static async Task CloseAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (TimeoutException)
        {
        }
    }

    // Mail servers that collect such files read the envelope from the first two lines. They, and tests, never see half of one.
    private static async Task DropAsync(string folder, MimeMessage message, Guid id, CancellationToken cancellationToken)
    {
        message.Headers.Insert(0, "X-Receiver", message.To.Mailboxes.Single().GetAddress(idnEncode: true));
        message.Headers.Insert(0, "X-Sender", message.From.Mailboxes.Single().GetAddress(idnEncode: true));
        var file = Path.Combine(folder, id.ToString());
        await message.WriteToAsync(Lines, file + ".tmp", cancellationToken);
        File.Move(file + ".tmp", file + ".eml", overwrite: true);
    }

    private static FormatOptions LinesOfEmail()
    {
        var lines = FormatOptions.Default.Clone();
        lines.NewLineFormat = NewLineFormat.Dos;
        return lines;
    }
}
