using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Verification;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Ends the token that a self-rotated one replaces, before that one's first request is answered.</summary>
internal sealed partial class SuccessorUse(RetireReplacedToken retire, ILogger<SuccessorUse> logger)
{
    /// <summary>One read of a flag for all tokens but such a successor at its first use.</summary>
    public ValueTask NoteAsync(TokenEntry token, HttpContext http) => token.EndsPredecessor ? RetireAsync(token, http) : default;

    private async ValueTask RetireAsync(TokenEntry token, HttpContext http)
    {
        try
        {
            await retire.HandleAsync(token, RequestOrigins.Of(http), http.RequestAborted);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The successor itself is good; its next use tries again, and after 24 hours the overlap ends by itself.
            LogNotRetired(failure, token.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The predecessor of token {TokenId} could not be retired at its first use; the next use tries again")]
    private partial void LogNotRetired(Exception failure, Guid tokenId);
}
