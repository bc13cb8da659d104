using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory.Listing;

/// <summary>Turns rows into what is shown of them, with the members' names of today.</summary>
public sealed class LoginRows(Places places)
{
    internal async Task<IReadOnlyList<LoginRow>> OfAsync(ConsoleDbContext context, IReadOnlyList<LoginAttempt> attempts, CancellationToken cancellationToken)
    {
        var ids = attempts.Select(attempt => attempt.MemberId).OfType<Guid>().Distinct().ToList();
        var names = ids.Count == 0
            ? []
            : await context.Set<ConsoleUser>().Where(member => ids.Contains(member.Id)).Select(member => new { member.Id, member.DisplayName })
                .ToDictionaryAsync(member => member.Id, member => member.DisplayName, cancellationToken);
        return [.. attempts.Select(attempt => Of(attempt, attempt.MemberId is { } id ? names.GetValueOrDefault(id) : null))];
    }

    private LoginRow Of(LoginAttempt row, string? name) => new(
        row.Id, row.At, row.MemberId, row.Account, name, row.Way, row.Outcome, row.Ip, row.Country, row.UserAgent, row.Device, row.SessionId, row.TokenId, row.CorrelationId,
        row.Level, row.Score, row.Flagged, row.Undecided, row.Evidence, row.Mark, row.MarkedBy, row.MarkedAt, row.Country is not null || places.Locate(row.Ip).Evaluable);
}
