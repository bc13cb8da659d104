using FinConsole.Core.ApiTokens.Rotation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Usage.Failures;

/// <summary>Takes ended tokens that were presented into login history, one after the other and off the requests' path.</summary>
internal sealed partial class RetiredTokenReports(TokenFailures failures, ReportRetiredToken report, ILogger<RetiredTokenReports> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (token, origin) in failures.Reports.ReadAllAsync(stoppingToken))
        {
            try
            {
                await report.HandleAsync(token, origin, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure, token);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "That token {TokenId}, which has ended, was presented could not be written into login history")]
    private partial void LogFailed(Exception failure, Guid tokenId);
}
