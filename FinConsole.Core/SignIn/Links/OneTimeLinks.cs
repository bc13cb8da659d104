using System.Linq.Expressions;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.Links;

/// <summary>A link as it is found by its secret.</summary>
public sealed record FoundLink(Guid Id, Guid TenantId, Guid MemberId, string? NewEmail);

/// <summary>Issues links, finds them, and spends them exactly once.</summary>
public sealed class OneTimeLinks(ConsoleDb db, TimeProvider time)
{
    /// <summary>Adds a link to the transaction; earlier ones of the same purpose stop working.</summary>
    internal async Task<Secret> IssueAsync(
        AuditedTransaction transaction, Guid memberId, LinkPurpose purpose, TimeSpan life, string? newEmail, CancellationToken cancellationToken)
    {
        await transaction.Db.Set<OneTimeLink>()
            .Where(link => link.MemberId == memberId && link.Purpose == purpose && link.SpentAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.SpentAt, transaction.Now), cancellationToken);
        var secret = OneTimeLink.NewSecret();
        transaction.Db.Add(new OneTimeLink
        {
            Id = Ids.New(time),
            TenantId = transaction.Actor.TenantId,
            MemberId = memberId,
            Purpose = purpose,
            Hash = OneTimeLink.HashOf(secret),
            NewEmail = newEmail,
            CreatedAt = transaction.Now,
            ExpiresAt = transaction.Now + life,
        });
        return secret;
    }

    /// <summary>The live link that carries this secret; null for a spent, expired or unknown one.</summary>
    public async Task<FoundLink?> FindAsync(Secret secret, LinkPurpose purpose, CancellationToken cancellationToken)
    {
        var hash = OneTimeLink.HashOf(secret);
        var now = time.GetUtcNow();
        await using var context = db.OpenForOperator();
        return await context.Set<OneTimeLink>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            .Where(link => link.Hash == hash && link.Purpose == purpose && link.SpentAt == null && link.ExpiresAt > now)
            .Select(link => new FoundLink(link.Id, link.TenantId, link.MemberId, link.NewEmail))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Spends the link inside the transaction; false when somebody did so before.</summary>
    internal static async Task<bool> TrySpendAsync(AuditedTransaction transaction, Guid linkId, CancellationToken cancellationToken) =>
        await transaction.Db.Set<OneTimeLink>()
            .Where(link => link.Id == linkId && link.SpentAt == null && link.ExpiresAt > transaction.Now)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.SpentAt, transaction.Now), cancellationToken) == 1;

    /// <summary>Spends whichever links match: those of somebody who may use none any more, or that lead to an address or a password of before.</summary>
    internal static Task SpendAllAsync(AuditedTransaction transaction, Expression<Func<OneTimeLink, bool>> which, CancellationToken cancellationToken) =>
        transaction.Db.Set<OneTimeLink>().Where(link => link.SpentAt == null).Where(which)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.SpentAt, transaction.Now), cancellationToken);
}
