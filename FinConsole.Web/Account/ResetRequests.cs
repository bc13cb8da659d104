using System.Threading.Channels;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;

namespace FinConsole.Web.Account;

/// <summary>
/// Looks up accounts and mails reset links behind the page's back, one at a time: the page's answer takes the same time for
/// everybody. A flood fills the queue, and what finds it full is dropped.
/// </summary>
public sealed partial class ResetRequests(RequestPasswordReset reset, ILogger<ResetRequests> logger) : BackgroundService
{
    private const int MostWaiting = 200;

    private readonly Channel<(string Email, RequestOrigin Origin)> _waiting = Channel.CreateBounded<(string, RequestOrigin)>(MostWaiting);

    public void Enqueue(string email, RequestOrigin origin)
    {
        if (!_waiting.Writer.TryWrite((email, origin)))
            LogDropped();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (email, origin) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await reset.HandleAsync(email, origin, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure, origin.CorrelationId);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request for a password reset was dropped: too many are waiting")]
    private partial void LogDropped();

    [LoggerMessage(Level = LogLevel.Error, Message = "A request for a password reset failed; request {RequestId}")]
    private partial void LogFailed(Exception failure, string requestId);
}
