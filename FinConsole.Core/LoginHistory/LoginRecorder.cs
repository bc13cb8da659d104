using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory;

/// <summary>Writes attempts into login history.</summary>
public sealed class LoginRecorder(ConsoleDb db, WriteQueue queue, Places places, ConsoleMetrics metrics, TimeProvider time)
{
    private readonly GroupCommit<LoginAttempt> _attempts = new(attempts => WriteAsync(db, queue, attempts));

    /// <summary>Makes the row of an attempt, to be added to a transaction of the caller's or to <see cref="RecordAsync"/>.</summary>
    public LoginAttempt Attempt(AttemptedAccount account, SignInChannel way, LoginOutcome outcome, RequestOrigin origin, Guid? sessionId = null, Guid? tokenId = null)
    {
        metrics.SignIn(way, outcome);
        return new LoginAttempt
        {
            TenantId = account.TenantId,
            MemberId = account.MemberId,
            Account = PlainText.ForStorage(account.Name, ConsoleUser.LongestEmail),
            Way = way,
            Outcome = outcome,
            At = time.GetUtcNow(),
            Ip = origin.Ip,
            UserAgent = origin.UserAgent,
            Device = DeviceName.Parse(origin.UserAgent),
            SessionId = sessionId,
            CorrelationId = origin.CorrelationId,
            Network = Places.Network(origin.Ip),
            Country = places.Locate(origin.Ip).Country,
            TokenId = tokenId,
        };
    }

    /// <summary>
    /// Writes an attempt that belongs to no other change, together with those that others make at this moment. Nothing cancels it: an attempt
    /// whose connection was cut was made all the same.
    /// </summary>
    public Task RecordAsync(LoginAttempt attempt) => _attempts.WriteAsync(attempt, CancellationToken.None);

    /// <summary>Who an attempt on an unknown account belongs to: the tenant that alone owns its mail domain, or the operator.</summary>
    public async Task<Guid> OwnerOfUnknownAsync(string account, CancellationToken cancellationToken)
    {
        var domain = PlainText.ForStorage(account[(account.LastIndexOf('@') + 1)..].Trim().ToLowerInvariant(), Tenant.LongestDomain);
        await using var context = db.OpenForOperator();
        var owners = await context.Set<Tenant>().Where(tenant => tenant.Domain == domain).OrderBy(tenant => tenant.Id).Select(tenant => tenant.Id).Take(2).ToListAsync(cancellationToken);
        return owners is [var only] ? only : Tenant.Operator;
    }

    private static async Task WriteAsync(ConsoleDb db, WriteQueue queue, IReadOnlyList<LoginAttempt> attempts)
    {
        await using var context = db.OpenForOperator();
        using var turn = await queue.EnterAsync(context.Dialect, CancellationToken.None);
        context.AddRange(attempts);
        await context.SaveChangesAsync();
    }
}

/// <summary>Whom an attempt was on.</summary>
/// <param name="TenantId">Whose history shows it.</param>
/// <param name="MemberId">Null for an unknown account.</param>
/// <param name="Name">The account's address, or what was typed.</param>
public sealed record AttemptedAccount(Guid TenantId, Guid? MemberId, string Name);
