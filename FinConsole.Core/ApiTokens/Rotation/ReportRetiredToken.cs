using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Rotation;

/// <summary>
/// Writes into login history that a token which has ended was presented: a server that a rotation forgot, or somebody who found the
/// old secret. One line a token, address and hour, so that a dead server's loop does not flood the history.
/// </summary>
public sealed class ReportRetiredToken(ConsoleDb db, LoginRecorder recorder, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    /// <summary>Does nothing for a token that lives, or is not there.</summary>
    public async Task HandleAsync(Guid tokenId, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        AttemptedAccount account;
        await using (var context = db.OpenForOperator())
        {
            var tokens = context.Set<ApiToken>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).AsNoTracking().Where(token => token.Id == tokenId);
            var found = await TokenFacts.Of(tokens, now, RotationPolicy.Default)
                .Select(row => new { row.Status, row.Token.TenantId, Masked = row.Token.Prefix + "…" + row.Token.LastFour }).SingleOrDefaultAsync(cancellationToken);
            if (found is null || !found.Status.HasEnded())
                return;
            var since = now - Quiet;
            if (await context.Set<LoginAttempt>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
                .AnyAsync(row => row.TenantId == found.TenantId && row.Account == found.Masked && row.Ip == origin.Ip && row.At > since, cancellationToken))
            {
                return;
            }

            account = new AttemptedAccount(found.TenantId, null, found.Masked);
        }

        await recorder.RecordAsync(recorder.Attempt(account, SignInChannel.Api, LoginOutcome.RetiredToken, origin, tokenId: tokenId));
    }
}
