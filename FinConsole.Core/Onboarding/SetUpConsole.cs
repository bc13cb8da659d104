using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Onboarding;

/// <summary>
/// The first start on an empty database: a link, printed by the program, makes the first tenant and its admin. It works once, for
/// an hour; another start prints another and kills the one before. Whoever reads the program's output owns the console, and until
/// then nobody does: there is no default password.
/// </summary>
public sealed class SetUpConsole(ConsoleDb db, WriteQueue queue, OnboardTenant onboard, SignInLimiter limiter, ConsoleAddress address, TimeProvider time)
{
    public const string Path = "/setup";

    public static readonly TimeSpan LinkLife = TimeSpan.FromHours(1);

    private const int SecretLength = 43;

    /// <summary>Makes a new link; null where there is a tenant already.</summary>
    public async Task<Secret?> IssueLinkAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        if (await context.Set<Tenant>().AnyAsync(cancellationToken))
            return null;

        var secret = new Secret(Base62.Random(SecretLength));
        await KeepAsync(context, FactOf(secret, time.GetUtcNow() + LinkLife), cancellationToken);
        return new Secret(address.Of(Path, secret));
    }

    /// <summary>Whether the link can still be used.</summary>
    public async Task<bool> IsUsableAsync(Secret link, CancellationToken cancellationToken) => await FindAsync(link, cancellationToken) is not null;

    /// <summary>Makes the first tenant and its admin.</summary>
    public async Task<Result<OnboardedTenant>> HandleAsync(Secret link, OnboardTenantRequest request, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (limiter.TryTake(origin.Ip) is { } wait)
            return SignInErrors.TooManyTries(wait);
        if (await FindAsync(link, cancellationToken) is not { } fact)
            return SignInErrors.LinkUsedUp;
        return await onboard.HandleAsync(request, fact, origin, cancellationToken);
    }

    // Of instances that start at one moment, the last one's link is in force.
    private static async Task KeepAsync(ConsoleDbContext context, string value, CancellationToken cancellationToken)
    {
        var facts = context.Set<InstanceFact>().Where(fact => fact.Name == InstanceFact.SetupLink);
        if (await facts.ExecuteUpdateAsync(set => set.SetProperty(fact => fact.Value, value), cancellationToken) > 0)
            return;
        try
        {
            context.Add(new InstanceFact { Name = InstanceFact.SetupLink, Value = value });
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && context.Dialect.IsUniqueViolation(inner))
        {
            await facts.ExecuteUpdateAsync(set => set.SetProperty(fact => fact.Value, value), cancellationToken);
        }
    }

    // The fact that this link is the secret of, while it is in force.
    private async Task<string?> FindAsync(Secret link, CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var value = await context.Set<InstanceFact>().AsNoTracking().Where(fact => fact.Name == InstanceFact.SetupLink).Select(fact => fact.Value).SingleOrDefaultAsync(cancellationToken);
        return value?.Split(' ') is [var hash, var until]
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(HashOf(link)))
            && long.Parse(until, CultureInfo.InvariantCulture) > time.GetUtcNow().UtcTicks
                ? value
                : null;
    }

    private static string FactOf(Secret secret, DateTimeOffset until) => string.Create(CultureInfo.InvariantCulture, $"{HashOf(secret)} {until.UtcTicks}");

    private static string HashOf(Secret secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal())));
}
