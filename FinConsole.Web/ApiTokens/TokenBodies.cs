using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.ApiTokens;

/// <summary>The cashier's own credentials.</summary>
/// <param name="Email">The cashier's address.</param>
/// <param name="Password">The cashier's password. A wrong one counts towards that account's lockout. Plaintext, unless the tenant's policy demands encryption, or encrypted with the tenant's current key (RSA-OAEP-256, Base64).</param>
/// <param name="Totp">The code that the cashier's authenticator app shows, where they have one. Plaintext, unless the tenant's policy demands encryption, or encrypted with the tenant's current key (RSA-OAEP-256, Base64).</param>
internal sealed record CashierBody([property: Example("\"till@acme.example\"")] string Email, Secret Password, Secret? Totp = null)
{
    public CashierCredentials ToCredentials() => new(Email, Password, Totp);
}

/// <summary>A token to be made.</summary>
/// <param name="Name">1 to 80 characters; unique among the tenant's live tokens.</param>
/// <param name="Environment">Where its holder runs.</param>
/// <param name="Expiry">How long it lives: 24 hours, or 1, 3 or 6 calendar months, or a year.</param>
/// <param name="Scopes">What it may do; at least one.</param>
/// <param name="Cashier">Whom it acts as, proven by their own credentials.</param>
/// <param name="Allowlist">Up to 50 networks in CIDR from which alone it is accepted; leave it out for any.</param>
/// <param name="Holder">Who keeps the secret: a member's name or address, or a few words.</param>
internal sealed record CreateTokenBody(
    [property: Example("\"Checkout\"")] string Name,
    [property: OneOf("development", "staging", "production"), Example("\"production\"")] string Environment,
    [property: OneOf("24h", "1m", "3m", "6m", "1y"), Example("\"6m\"")] string Expiry,
    [property: Example("[\"read:payments\"]")] IReadOnlyList<string> Scopes,
    CashierBody Cashier,
    [property: Example("[\"203.0.113.0/24\"]")] IReadOnlyList<string>? Allowlist = null,
    [property: Example("\"Platform team\"")] string? Holder = null);

/// <summary>What a token is to become; what is left out stays as it is.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Allowlist">The whole new list; an empty one allows every address.</param>
/// <param name="Scopes">Narrower than before, or the same.</param>
/// <param name="Holder">Empty for nobody.</param>
internal sealed record EditTokenBody(
    [property: Example("\"Checkout\"")] string? Name = null,
    [property: Example("[\"203.0.113.0/24\"]")] IReadOnlyList<string>? Allowlist = null,
    [property: Example("[\"read:payments\"]")] IReadOnlyList<string>? Scopes = null,
    [property: Example("\"Platform team\"")] string? Holder = null);

/// <summary>How a token is to be replaced.</summary>
/// <param name="Overlap">How long the old one goes on working beside its successor, never past its own expiry.</param>
/// <param name="Cashier">Whom the successor acts as, proven by their own credentials.</param>
internal sealed record RotateTokenBody([property: OneOf("0", "1h", "24h", "7d"), Example("\"24h\"")] string Overlap, CashierBody Cashier);

/// <summary>Why a token is to end.</summary>
/// <param name="Reason">One of four words.</param>
/// <param name="Comment">Up to 500 characters.</param>
internal sealed record InvalidateTokenBody(
    [property: OneOf("compromised", "no_longer_needed", "member_left", "other"), Example("\"no_longer_needed\"")] string Reason, string? Comment = null);
