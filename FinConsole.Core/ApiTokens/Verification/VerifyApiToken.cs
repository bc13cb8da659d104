using System.Net;
using FinConsole.Core.Common;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>What verification says of a token's text.</summary>
public enum TokenVerdict
{
    Accepted,

    /// <summary>Another shape, or a wrong checksum: nothing was looked up.</summary>
    Malformed,
    Unknown,

    /// <summary>Invalidated, retired, void or expired.</summary>
    Ended,
    Disabled,

    /// <summary>Nobody has saved it yet.</summary>
    Pending,

    /// <summary>The cashier is deactivated or no cashier any more, or the tenant is closed.</summary>
    OwnerGone,

    /// <summary>Good, but not from this address.</summary>
    AddressNotAllowed,

    /// <summary>The database has been away for too long: nobody can tell.</summary>
    Unavailable,
}

/// <param name="Token">The token, where it is one of ours.</param>
public readonly record struct VerifiedToken(TokenVerdict Verdict, TokenEntry? Token)
{
    public bool Accepted => Verdict == TokenVerdict.Accepted;
}

/// <summary>
/// Says whether a token is good from this address at this moment: checksum, then one look into memory, no query. What it may do is the
/// caller's question (<see cref="TokenEntry.Scopes"/>), and so is counting.
/// </summary>
public sealed class VerifyApiToken(TokenIndex index, TokenLookup lookup, ConsoleMetrics metrics, TimeProvider time, IOptions<VerificationOptions> options)
{
    private static readonly string[] Words = Enum.GetNames<TokenVerdict>();

    private readonly TokenKeyCache _keys = new(lookup);
    private readonly TimeSpan _grace = options.Value.Grace;

    /// <param name="text">As it was sent.</param>
    /// <param name="address">The client's, where known.</param>
    /// <param name="cancellationToken">Gives up waiting for what has just changed.</param>
    public ValueTask<VerifiedToken> HandleAsync(string text, IPAddress? address, CancellationToken cancellationToken)
    {
        if (!metrics.MeasuresVerifications)
            return VerifyAsync(text, address, cancellationToken);
        var begun = time.GetTimestamp();
        var verified = VerifyAsync(text, address, cancellationToken);
        return verified.IsCompletedSuccessfully ? new(Measured(verified.Result, begun)) : MeasuredAsync(verified, begun);
    }

    private async ValueTask<VerifiedToken> MeasuredAsync(ValueTask<VerifiedToken> verified, long begun) => Measured(await verified, begun);

    private VerifiedToken Measured(VerifiedToken verified, long begun)
    {
        metrics.Verified(Words[(int)verified.Verdict], time.GetElapsedTime(begun));
        return verified;
    }

    private ValueTask<VerifiedToken> VerifyAsync(string text, IPAddress? address, CancellationToken cancellationToken)
    {
        if (!ApiTokenSecret.IsWellFormed(text))
            return new(new VerifiedToken(TokenVerdict.Malformed, null));
        if (index.Age > _grace)
            return new(new VerifiedToken(TokenVerdict.Unavailable, null));
        var key = _keys.Of(text);
        return index.TryFind(key, out var entry) ? new(Evaluate(entry, address)) : FindAsync(key, address, cancellationToken);
    }

    private async ValueTask<VerifiedToken> FindAsync(TokenKey key, IPAddress? address, CancellationToken cancellationToken)
    {
        var (known, entry) = await index.FindAsync(key, cancellationToken);
        return known ? Evaluate(entry, address) : new VerifiedToken(TokenVerdict.Unavailable, null);
    }

    private VerifiedToken Evaluate(TokenEntry? entry, IPAddress? address) => new(
        entry is null ? TokenVerdict.Unknown
        : entry.State == TokenState.Ended || time.GetUtcNow().UtcTicks >= entry.AcceptedUntil ? TokenVerdict.Ended
        : !entry.Tenant.Open || !entry.Cashier.Open ? TokenVerdict.OwnerGone
        : entry.State == TokenState.Pending ? TokenVerdict.Pending
        : entry.State == TokenState.Disabled ? TokenVerdict.Disabled
        : entry.Allowlist is { } rules && !rules.Allows(address) ? TokenVerdict.AddressNotAllowed
        : TokenVerdict.Accepted,
        entry);
}

/// <summary>Section <c>Verification</c>.</summary>
public sealed class VerificationOptions
{
    public const string Section = "Verification";

    /// <summary>For so long after the database went away tokens that are known go on being accepted; 0 to 60 seconds (security.md: the stated exposure).</summary>
    public int GraceSeconds { get; set; } = 60;

    public TimeSpan Grace => TimeSpan.FromSeconds(GraceSeconds);
}
