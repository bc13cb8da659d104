using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Mfa;

/// <summary>Makes recovery codes and spends each exactly once.</summary>
public sealed class RecoveryCodes(TimeProvider time)
{
    /// <summary>Ten new ones inside the transaction; all earlier ones stop working. The only moment at which they are readable.</summary>
    internal async Task<List<Secret>> ReplaceAsync(AuditedTransaction transaction, Guid memberId, CancellationToken cancellationToken)
    {
        await transaction.Db.Set<RecoveryCode>().Where(code => code.MemberId == memberId).ExecuteDeleteAsync(cancellationToken);
        var codes = Enumerable.Range(0, RecoveryCodeText.Count).Select(_ => RecoveryCodeText.New()).ToList();
        transaction.Db.AddRange(codes.Select(code => new RecoveryCode
        {
            Id = Ids.New(time),
            TenantId = transaction.Actor.TenantId,
            MemberId = memberId,
            Hash = RecoveryCodeText.HashOf(code)!,
        }));
        return codes;
    }

    /// <summary>Spends the code; false when it is none of the member's, or was spent before.</summary>
    internal static async Task<bool> TrySpendAsync(ConsoleDbContext context, Guid memberId, Secret typed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (RecoveryCodeText.HashOf(typed) is not { } hash)
            return false;
        return await context.Set<RecoveryCode>().Where(code => code.MemberId == memberId && code.Hash == hash && code.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(code => code.UsedAt, now), cancellationToken) == 1;
    }

    internal static Task<int> CountLeftAsync(ConsoleDbContext context, Guid memberId, CancellationToken cancellationToken) =>
        context.Set<RecoveryCode>().CountAsync(code => code.MemberId == memberId && code.UsedAt == null, cancellationToken);
}
