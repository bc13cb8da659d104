using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Data.Changes;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.ServiceTokens;

/// <summary>What became of a service token that was shown.</summary>
/// <param name="Service">Whose it is; null for one that is not good.</param>
/// <param name="Unavailable">The database has been away for too long: nobody can tell.</param>
public readonly record struct VerifiedService(ServiceTokenFacts? Service, bool Unavailable);

/// <summary>
/// Says whether a service token is good, out of memory. There are a handful of them: all are read again when one changed, and a revoked
/// one is refused from the acknowledgement on, like a tenant's token.
/// </summary>
public sealed class VerifyServiceToken : IDisposable
{
    private readonly ReadServiceTokens _reader;
    private readonly TokenKeyCache _keys;
    private readonly ServiceTokenUses _uses;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;
    private readonly TimeSpan _grace;
    private readonly IDisposable _listening;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Known? _known;
    private long _version;

    public VerifyServiceToken(ReadServiceTokens reader, ServiceTokenUses uses, TokenLookup lookup, ChangeFeed feed, TimeProvider time, IOptions<VerificationOptions> options)
    {
        (_reader, _uses, _keys, _feed, _time, _grace) = (reader, uses, new TokenKeyCache(lookup), feed, time, options.Value.Grace);
        _listening = feed.ListenFirst(change =>
        {
            if (change.Kind == ChangeKind.ServiceToken)
                Interlocked.Increment(ref _version);
        });
    }

    /// <param name="text">As it was sent; <see cref="ApiTokenSecret.KindOf"/> said that it is a service's.</param>
    /// <param name="cancellationToken">Gives up waiting for what has just changed.</param>
    public async ValueTask<VerifiedService> HandleAsync(string text, CancellationToken cancellationToken)
    {
        if (!ApiTokenSecret.IsWellFormed(text))
            return default;
        if (_feed.Silence > _grace)
            return new VerifiedService(null, Unavailable: true);

        // The version first: what is read behind it is at least as new as every change acknowledged before.
        var version = Interlocked.Read(ref _version);
        var known = _known is { } read && read.Version == version ? read : await ReadAsync(cancellationToken);
        var found = known.ByKey.GetValueOrDefault(_keys.Of(text));
        var now = _time.GetUtcNow();
        if (found is null || found.ExpiresAt <= now)
            return default;
        _uses.Note(found.Id, now);
        return new VerifiedService(found, Unavailable: false);
    }

    public void Dispose()
    {
        _listening.Dispose();
        _reading.Dispose();
    }

    private async Task<Known> ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var version = Interlocked.Read(ref _version);
            if (_known is { } read && read.Version == version)
                return read;
            await _feed.StartFromHereAsync(cancellationToken);
            var all = await _reader.AllAsync(cancellationToken);
            return _known = new Known(version, all.ToDictionary(token => TokenKey.Of(token.LookupKey)));
        }
        finally
        {
            _reading.Release();
        }
    }

    private sealed record Known(long Version, IReadOnlyDictionary<TokenKey, ServiceTokenFacts> ByKey);
}
