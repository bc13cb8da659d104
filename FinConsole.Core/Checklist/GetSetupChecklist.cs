using FinConsole.Core.ApiTokens;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Checklist;

/// <summary>What a new tenant has to do first, and what of it is done. What was done once stays done, whatever became of it.</summary>
/// <param name="HasMfa">The actor's own account has a second factor.</param>
/// <param name="HasMember">Somebody else was invited or is a member.</param>
/// <param name="HasToken">A token was created.</param>
/// <param name="HasKey">There is an encryption key.</param>
/// <param name="Dismissed">The actor does not want to see it any more.</param>
public sealed record SetupChecklist(bool HasMfa, bool HasMember, bool HasToken, bool HasKey, bool Dismissed)
{
    public bool IsComplete => HasMfa && HasMember && HasToken && HasKey;
}

/// <summary>Reads how far an admin's tenant is set up: one query, which stops at the first row of each kind.</summary>
public sealed class GetSetupChecklist(ConsoleDb db, PermissionGuard guard)
{
    public async Task<Result<SetupChecklist>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManageMembers, new AuditSubject(AuditResource.Member, actor.Id, actor.Name), cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        return await context.Set<ConsoleUser>().Where(member => member.Id == actor.Id)
            .Select(member => new SetupChecklist(
                member.TwoFactorEnabled,
                context.Set<Invitation>().Any() || context.Set<ConsoleUser>().Any(other => other.Id != actor.Id),
                context.Set<ApiToken>().Any(),
                context.Set<EncryptionKey>().Any(),
                member.ChecklistDismissed))
            .SingleAsync(cancellationToken);
    }
}
