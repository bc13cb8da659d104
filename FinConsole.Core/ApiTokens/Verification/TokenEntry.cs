using FinConsole.Core.Common;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>What verification knows of one token. Never changed, only replaced; about 80 bytes, since there may be a million.</summary>
public sealed class TokenEntry
{
    private FixedWindow? _window;

    public required Guid Id { get; init; }

    public required ScopeSet Scopes { get; init; }

    /// <summary>Null: from anywhere.</summary>
    public AddressRules? Allowlist { get; init; }

    /// <summary>UTC ticks from which on it is refused, whatever else holds: its expiry, or the end of its overlap.</summary>
    public required long AcceptedUntil { get; init; }

    public required long ExpiresAt { get; init; }

    public required TokenEnvironment Environment { get; init; }

    public required TokenState State { get; init; }

    /// <summary>Its first use ends the token that it replaces.</summary>
    public bool EndsPredecessor { get; init; }

    public Guid TenantId => Tenant.Id;

    public Guid CashierId => Cashier.Id;

    /// <summary>Counts this token's requests; made with the first, and handed on when the entry is replaced.</summary>
    public FixedWindow Window => _window ?? Interlocked.CompareExchange(ref _window, new FixedWindow(), null) ?? _window;

    /// <summary>Counts the requests of the tenant's tokens together.</summary>
    public FixedWindow TenantWindow => Tenant.Window;

    public required TokenOwner Tenant { get; init; }

    public required TokenOwner Cashier { get; init; }

    /// <summary>Its limit goes on where the entry before it stood.</summary>
    internal void TakeOver(TokenEntry older) => _window ??= older._window;
}

/// <summary>What a token is apart from time.</summary>
public enum TokenState : byte
{
    Live,
    Pending,
    Disabled,
    Ended,
}

/// <summary>A tenant or a cashier that tokens hang on.</summary>
public sealed class TokenOwner(Guid id)
{
    private FixedWindow? _window;
    private volatile bool _open;

    public Guid Id => id;

    /// <summary>The same as text, which gateways are told with every request.</summary>
    public string IdText { get; } = id.ToString("D");

    /// <summary>The tenant is open; the cashier is active, and still one.</summary>
    public bool Open
    {
        get => _open;
        internal set => _open = value;
    }

    public FixedWindow Window => _window ?? Interlocked.CompareExchange(ref _window, new FixedWindow(), null) ?? _window;
}
