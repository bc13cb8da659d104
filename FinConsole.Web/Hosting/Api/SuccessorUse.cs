using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.ApiTokens.Verification;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Ends the token that a self-rotated one replaces, before that one's first request is answered.</summary>
internal sealed partial class SuccessorUse(RetireReplacedToken retire, TimeProvider time, ILogger<SuccessorUse> logger)
{
    // A database that does not answer must not hold up the request longer: gateways give up after a second or two.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    /// <summary>One read of a flag for all tokens but such a successor at its first use.</summary>
    public ValueTask NoteAsync(TokenEntry token, HttpContext http) => token.EndsPredecessor ? RetireAsync(token, http) : default;

    private async ValueTask RetireAsync(TokenEntry token, HttpContext http)
    {
        using var limit = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, http.RequestAborted);
        try
        {
            await retire.HandleAsync(token, RequestOrigins.Of(http), either.Token);
        }
        catch (Exception failure) when (!http.RequestAborted.IsCancellationRequested)
        {
            // The successor itself is good; its next use tries again, and after 24 hours the overlap ends by itself.
            LogNotRetired(failure, token.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The predecessor of token {TokenId} could not be retired at its first use; the next use tries again")]
    private partial void LogNotRetired(Exception failure, Guid tokenId);
}
