using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Threading.Channels;
using FinConsole.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.Email;

/// <summary>Sends emails one after another, apart from whoever wrote them: a slow mail server delays nobody's page.</summary>
public sealed partial class EmailQueue(IOptions<EmailOptions> options, TimeProvider time, ILogger<EmailQueue> logger) : BackgroundService
{
    private const int MostWaiting = 1000;
    private static readonly TimeSpan[] Pauses = [TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    private readonly Channel<EmailMessage> _emails = Channel.CreateBounded<EmailMessage>(MostWaiting);

    /// <summary>Takes an email to be sent; never waits. One that finds the queue full is dropped, with an error in the log.</summary>
    public void Enqueue(EmailMessage email)
    {
        if (!_emails.Writer.TryWrite(email))
            LogDropped(email.Subject);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was accepted is sent before the program ends, as far as its time for stopping allows.
        _emails.Writer.TryComplete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var email in _emails.Reader.ReadAllAsync(CancellationToken.None))
            await DeliverAsync(email, stoppingToken);
    }

    private async Task DeliverAsync(EmailMessage email, CancellationToken cancellationToken)
    {
        // One for all tries: a receiver that took an earlier one recognizes the repetition.
        var id = Ids.New(time);
        foreach (var pause in Pauses)
        {
            try
            {
                await Task.Delay(pause, cancellationToken);
                await SendAsync(email, id, cancellationToken);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure, email.Subject);
            }
        }

        LogGivenUp(email.Subject);
    }

    private async Task SendAsync(EmailMessage email, Guid id, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var client = new SmtpClient();
        if (settings.SmtpHost is { Length: > 0 } host)
        {
            (client.Host, client.Port, client.EnableSsl) = (host, settings.SmtpPort, settings.SmtpTls);
            if (settings.SmtpUser is { Length: > 0 } user)
                client.Credentials = new NetworkCredential(user, settings.SmtpPassword);
        }
        else if (settings.PickupDirectory is { Length: > 0 } folder)
        {
            client.DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory;
            client.PickupDirectoryLocation = Directory.CreateDirectory(Path.GetFullPath(folder)).FullName;
        }
        else
        {
            throw new InvalidOperationException("Neither Mail:SmtpHost nor Mail:PickupDirectory is set.");
        }

        // RFC 5322 §2.3: lines end with CRLF, whatever the source file's do.
        using var message = new MailMessage(settings.From, email.To, email.Subject, email.Body.ReplaceLineEndings("\r\n"));
        // RFC 5322 3.6.4: unique, and in a domain of the sender's. SmtpClient adds Date and no Message-ID.
        message.Headers["Message-ID"] = $"<{id:N}@{DomainOf(message.From!)}>";
        // RFC 3834 5: no out-of-office reply to it.
        message.Headers["Auto-Submitted"] = "auto-generated";
        await client.SendMailAsync(message, cancellationToken);
    }

    private static string DomainOf(MailAddress sender) => new IdnMapping().GetAscii(sender.Host);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An email \"{Subject}\" could not be sent; trying again")]
    private partial void LogFailed(Exception failure, string subject);

    [LoggerMessage(Level = LogLevel.Error, Message = "An email \"{Subject}\" was given up")]
    private partial void LogGivenUp(string subject);

    [LoggerMessage(Level = LogLevel.Error, Message = "An email \"{Subject}\" was dropped: too many are waiting")]
    private partial void LogDropped(string subject);
}
