using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Onboarding;

/// <summary>What every tenant begins with, however it came to be: its row, its RSA pair and the beginning of its audit chain.</summary>
public sealed class TenantFounding(AuditChain chain, KeyPairs keyPairs, TimeProvider time)
{
    /// <summary>Makes the rows. Finding the primes takes a second, so this is done before a transaction is begun.</summary>
    internal async Task<(Tenant Tenant, EncryptionKey Key)> PrepareAsync(string name, string? domain, CancellationToken cancellationToken)
    {
        var clean = PlainText.Clean(name);
        var tenant = new Tenant
        {
            Id = Ids.New(time),
            Name = clean,
            NameKey = KeyOf(clean),
            Domain = domain?.Trim().ToLowerInvariant(),
            CreatedAt = time.GetUtcNow(),
        };
        return (tenant, await keyPairs.MakeAsync(tenant.Id, cancellationToken));
    }

    /// <summary>Adds the rows to the transaction. With a first tenant there is nothing left to set up: the link for it is dead.</summary>
    /// <param name="transaction">Of the tenant that is made.</param>
    /// <param name="founded">From <see cref="PrepareAsync"/>.</param>
    /// <param name="setupFact">What the link's fact must hold, where it is by that link; null otherwise.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>False when somebody else used the link first.</returns>
    internal async Task<bool> AddAsync(AuditedTransaction transaction, (Tenant Tenant, EncryptionKey Key) founded, string? setupFact, CancellationToken cancellationToken)
    {
        var spent = await transaction.Db.Set<InstanceFact>().Where(fact => fact.Name == InstanceFact.SetupLink && (setupFact == null || fact.Value == setupFact))
            .ExecuteDeleteAsync(cancellationToken);
        if (setupFact is not null && spent == 0)
            return false;

        var (tenantId, genesis) = (founded.Tenant.Id, AuditChain.Origin);
        transaction.Db.Add(founded.Tenant);
        transaction.Db.Add(new AuditHead { TenantId = tenantId, Size = 0, Link = genesis, Tag = chain.TagOfHead(tenantId, 0, genesis) });
        transaction.Db.Add(founded.Key);
        transaction.Found(founded.Tenant);
        return true;
    }

    /// <summary>How a tenant's name is compared.</summary>
    internal static string KeyOf(string name) => PlainText.Clean(name).ToLowerInvariant();

    /// <summary>What is wrong with a tenant's name and domain, by field.</summary>
    internal static Dictionary<string, string> Validate(string tenantName, string? domain)
    {
        var faults = new Dictionary<string, string>();
        if (PlainText.Fault(tenantName, Tenant.LongestName) is { } fault)
            faults["TenantName"] = fault;
        else if (ReservedNames.Contains(KeyOf(tenantName)))
            faults["TenantName"] = OnboardingErrorTexts.Reserved;
        if (domain is not null && (!UnicodeText.IsWellFormed(domain) || Uri.CheckHostName(domain) != UriHostNameType.Dns))
            faults["Domain"] = OnboardingErrorTexts.Domain;
        return faults;
    }
}
