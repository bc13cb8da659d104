using FinConsole.Core.ApiTokens.Listing;

namespace FinConsole.Core.ApiTokens;

/// <summary>A token that was just made, and the only sight of its secret.</summary>
/// <param name="Token">Everything else about it.</param>
/// <param name="Secret">To be shown once, and kept nowhere.</param>
public sealed record NewApiToken(TokenView Token, ApiTokenSecret Secret);

/// <summary>How a new token becomes live.</summary>
public enum TokenHandover
{
    /// <summary>Refused until the person before the dialog says "I have saved it"; void after ten minutes.</summary>
    AwaitsAcknowledgement,

    /// <summary>At once: the answer that carries the secret is its acknowledgement (the HTTP API).</summary>
    Immediate,
}
