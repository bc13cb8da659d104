using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.FollowUps;

/// <summary>Whose account an attempt was on.</summary>
internal sealed record AttemptOwner(Guid Id, string Email, string Name, bool Deactivated)
{
    public AuditSubject Subject => new(AuditResource.Member, Id, Email);

    public static async Task<Result<AttemptOwner>> FindAsync(ConsoleDbContext context, long attemptId, CancellationToken cancellationToken)
    {
        var attempt = await context.Set<LoginAttempt>().Where(row => row.Id == attemptId).Select(row => new { row.MemberId }).SingleOrDefaultAsync(cancellationToken);
        if (attempt is null)
            return LoginHistoryErrors.NoSuchAttempt;
        var owner = await context.Set<ConsoleUser>().Where(member => member.Id == attempt.MemberId)
            .Select(member => new AttemptOwner(member.Id, member.Email!, member.DisplayName, member.DeactivatedAt != null)).SingleOrDefaultAsync(cancellationToken);
        return owner is null ? LoginHistoryErrors.NoAccount : owner;
    }
}
