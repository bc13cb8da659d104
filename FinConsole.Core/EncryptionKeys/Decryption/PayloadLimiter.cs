using System.Collections.Concurrent;
using FinConsole.Core.SignIn.Passwords;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>
/// At most so many fields a minute for one tenant, good or not, in fixed windows of 60 s, counted by each instance for itself: whoever
/// wants to learn a plaintext from failures needs a great many of them.
/// </summary>
public sealed class PayloadLimiter(IOptions<RateLimitOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, (long Window, int Count)> _counts = new();

    /// <summary>Counts so many fields of a tenant that is there; returns how long to wait when they are too many.</summary>
    public TimeSpan? TryTake(Guid tenantId, int fields)
    {
        var limit = options.Value.PayloadFieldsPerTenantPerMinute;
        if (limit == 0)
            return null;
        var ticks = time.GetUtcNow().UtcTicks;
        var window = ticks / Window.Ticks;
        var count = _counts.AddOrUpdate(
            tenantId, (window, fields), (_, seen) => seen.Window == window ? (window, (int)Math.Min(int.MaxValue, (long)seen.Count + fields)) : (window, fields)).Count;
        return count <= limit ? null : TimeSpan.FromTicks(((window + 1) * Window.Ticks) - ticks);
    }
}
