using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>
/// Carries the chains of an installation from before the register over into it, once. Ends that this program wrote are tagged anew; all
/// others are listed as they are, and go on being reported. Until this has run, the database alone says which chains there are.
/// </summary>
public sealed class RegisterUpgrade(AuditChain chain, ChainRegister register, TimeProvider time)
{
    private readonly AuditAppend _append = new(chain, register);

    // Of a feature above this one, asked by name: whoever added a service token wrote to the operator's chain.
    private const string CountServiceTokens = """SELECT COUNT(*) FROM "ServiceTokens" """;

    /// <summary>Works in the caller's transaction.</summary>
    /// <returns>False where the database only looks like one from before the register.</returns>
    internal async Task<bool> RunAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var heads = await context.Set<AuditHead>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).ToListAsync(cancellationToken);
        // Somebody removed a register that there was, or put the old note of the pepper back: nothing is made anew.
        if (await context.Set<AuditSeal>().AnyAsync(cancellationToken) || await context.Set<AuditAnchor>().AnyAsync(cancellationToken)
            || heads.Any(chain.IsGenuine))
            return false;

        if (heads.All(head => head.TenantId != Tenant.Operator) && await HasNoOperatorChainYetAsync(context, cancellationToken))
            heads.Add(context.Add(OperatorChain.NewHead(chain, Tenant.Operator)).Entity);
        foreach (var head in heads.Where(chain.IsGenuineBeforeRegister))
            head.Tag = chain.TagOfHead(head.TenantId, head.Size, head.Link, head.Epoch);
        await context.SaveChangesAsync(cancellationToken);
        var anchors = await ListAsync(context, heads, cancellationToken);
        await register.BeginAsync(context, anchors, cancellationToken);
        if (heads.Any(head => head.TenantId == Tenant.Operator))
        {
            var appended = await _append.AppendAsync(
                context, time.GetUtcNow(), [.. anchors.Select(DraftOf)], founded: null, cancellationToken);
            await AuditAppend.ConfirmAsync(context, appended, cancellationToken);
        }

        return true;
    }

    // Names stay known even if a row of the register is removed.
    private static AuditDraft DraftOf(AuditAnchor anchor)
    {
        var details = new AuditDetails().With(AuditField.Size, anchor.Size).With(AuditField.Head, Convert.ToHexStringLower(anchor.Link));
        return new AuditDraft(
            AuditAction.AuditRegister, new AuditSubject(AuditResource.Tenant, anchor.TenantId, anchor.Name), AuditResult.Success, details,
            Actor.System(Tenant.Operator, "upgrade"));
    }

    // The operator has had a chain since there are service tokens; older installations have neither.
    private static async Task<bool> HasNoOperatorChainYetAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        !await context.Set<AuditEntry>().AnyAsync(cancellationToken)
        && (await context.ReadStoredAsync(CountServiceTokens, [], row => row.Raw(0), cancellationToken))[0].EndsWith(
        " 0", StringComparison.Ordinal);

    private async Task<List<AuditAnchor>> ListAsync(ConsoleDbContext context, List<AuditHead> heads, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var tenants = await context.Set<Tenant>().AsNoTracking().OrderBy(tenant => tenant.CreatedAt).ThenBy(tenant => tenant.Id)
            .ToListAsync(cancellationToken);
        var owners = tenants.Select(tenant => (Id: tenant.Id, Name: tenant.Name, CreatedAt: tenant.CreatedAt))
            .Prepend((Id: Tenant.Operator, Name: OperatorChain.Name, CreatedAt: now)).ToList();
        var unclaimed = heads.Where(head => owners.All(owner => owner.Id != head.TenantId))
            .Select(head => (Id: head.TenantId, Name: head.TenantId.ToString("D"), CreatedAt: now));
        return [.. owners.Concat(unclaimed).Select((owner, index) =>
        {
            var end = heads.Find(head => head.TenantId == owner.Id && chain.IsGenuine(head));
            return new AuditAnchor
            {
                TenantId = owner.Id,
                Number = index + 1,
                Name = owner.Name,
                CreatedAt = owner.CreatedAt,
                Size = end?.Size ?? 0,
                Link = end?.Link ?? AuditChain.Origin,
            };
        })];
    }
}
