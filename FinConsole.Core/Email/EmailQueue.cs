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

    private readonly EmailSender _sender = new(options, time);
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
                await Task.Delay(pause, time, cancellationToken);
                await _sender.SendAsync(email, id, cancellationToken);
                return;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(failure, email.Subject);
            }
        }

        LogGivenUp(email.Subject);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An email \"{Subject}\" could not be sent; trying again")]
    private partial void LogFailed(Exception failure, string subject);

    [LoggerMessage(Level = LogLevel.Error, Message = "An email \"{Subject}\" was given up")]
    private partial void LogGivenUp(string subject);

    [LoggerMessage(Level = LogLevel.Error, Message = "An email \"{Subject}\" was dropped: too many are waiting")]
    private partial void LogDropped(string subject);
}
