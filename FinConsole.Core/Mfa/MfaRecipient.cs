using FinConsole.Core.Data;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Mfa;

/// <summary>Whom emails about a second factor go to: the account's address as it is now, of which a page that was open before its change knows nothing.</summary>
internal sealed record MfaRecipient(string Email, string Name)
{
    public static Task<MfaRecipient> FindAsync(ConsoleDbContext context, Guid memberId, CancellationToken cancellationToken) =>
        context.Set<ConsoleUser>().Where(member => member.Id == memberId).Select(member => new MfaRecipient(member.Email!, member.DisplayName)).SingleAsync(cancellationToken);
}
