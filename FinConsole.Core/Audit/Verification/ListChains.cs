using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Tenants;

namespace FinConsole.Core.Audit.Verification;

/// <summary>Whose chain.</summary>
public sealed record ChainOwner(Guid TenantId, string Name)
{
    /// <summary>Under which other name the register lists it: the tenant's row was altered then. Null where there is no other.</summary>
    public string? RegisteredName { get; init; }

    /// <summary>Whether somebody may mean it by this name.</summary>
    public bool IsNamed(string name) =>
        name.Equals(Name, StringComparison.OrdinalIgnoreCase) || name.Equals(RegisteredName, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Lists every chain that ever was, for the operator's command line: every tenant's, closed or not, the operator's own, those that the
/// register or the operator's log knows and no tenant claims any more, and those that nobody knows.
/// </summary>
public sealed class ListChains(ConsoleDb db, AuditChain chain)
{
    public async Task<IReadOnlyList<ChainOwner>> HandleAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var owners = (await StoredTenant.ReadAsync(context, cancellationToken)).Where(tenant => tenant.Id is not null)
            .OrderBy(tenant => tenant.NameKey, StringComparer.Ordinal)
            .Select(tenant => new ChainOwner(tenant.Id!.Value, tenant.Name)).ToList();
        owners.Add(new ChainOwner(Tenant.Operator, OperatorChain.Name));
        var heads = await context.ReadStoredAsync("""SELECT "TenantId" FROM "AuditHeads" """, [], row => row.Id(0), cancellationToken);
        var register = await RegisterState.ReadAsync(context, chain, cancellationToken);
        owners.AddRange(register.Anchors.Select(anchor => new ChainOwner(anchor.TenantId, anchor.Name)));
        owners.AddRange(await ReadOnboardedAsync(context, cancellationToken));
        owners.AddRange(heads.Select(id => new ChainOwner(id, id.ToString("D"))));
        return [.. owners.DistinctBy(owner => owner.TenantId).Select(Named)];

        ChainOwner Named(ChainOwner owner) =>
            register.Find(owner.TenantId) is { } anchor && anchor.Name != owner.Name ? owner with { RegisteredName = anchor.Name } : owner;
    }

    // The operator's log names every tenant that was founded, or carried over into the register.
    private static async Task<List<ChainOwner>> ReadOnboardedAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var rows = await context.ReadStoredAsync(
            """SELECT "ResourceId", "ResourceName" FROM "AuditEntries" WHERE "TenantId" = @operator AND "Action" IN (@onboard, @register) ORDER BY "Sequence" """,
            [("@operator", Tenant.Operator), ("@onboard", (int)AuditAction.TenantOnboard), ("@register", (int)AuditAction.AuditRegister)],
            row => (Owner: new ChainOwner(row.Id(0), row.Text(1)), row.Canonical), cancellationToken);
        return [.. rows.Where(row => row.Canonical).Select(row => row.Owner)];
    }
}

/// <summary>A tenant's row, as far as it says whose log it is.</summary>
/// <param name="Id">Null where the row does not stand as this program writes it.</param>
/// <param name="Name">Empty for such a row.</param>
/// <param name="NameKey">The same.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Stored">What the column of the id holds.</param>
internal sealed record StoredTenant(Guid? Id, string Name, string NameKey, DateTimeOffset CreatedAt, string Stored)
{
    public static Task<List<StoredTenant>> ReadAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        context.ReadStoredAsync("""SELECT "Id", "Name", "NameKey", "CreatedAt" FROM "Tenants" """, [], Read, cancellationToken);

    private static async Task<bool> ExistsAsync(ConsoleDbContext context, Guid id, CancellationToken cancellationToken) =>
        (await context.ReadStoredAsync("""SELECT "Id", "Name", "NameKey", "CreatedAt" FROM "Tenants" WHERE "Id" = @id""", [("@id", id)],
            Read, cancellationToken)) is [{ Id: not null }];

    /// <summary>What is wrong with the row of a tenant that the register lists: it is gone, or says something else.</summary>
    /// <param name="context">For one look more, where the row was not there yet.</param>
    /// <param name="anchor">The tenant's, read after the rows.</param>
    /// <param name="tenants">All rows.</param>
    /// <param name="cancellationToken">Stops that look.</param>
    public static async Task<AuditFault?> FindFaultAsync(
        ConsoleDbContext context, AuditAnchor? anchor, List<StoredTenant> tenants, CancellationToken cancellationToken)
    {
        if (anchor is null || anchor.TenantId == Tenant.Operator)
            return null;
        var rows = tenants.Where(tenant => tenant.Id == anchor.TenantId).ToList();
        if (rows.Count == 0)
            return await ExistsAsync(context, anchor.TenantId, cancellationToken) ? null
                : new AuditFault(0, AuditFaultKind.TenantMissing);
        return rows is [var row] && row.Name == anchor.Name && row.NameKey == anchor.Name.ToLowerInvariant()
            && row.CreatedAt == anchor.CreatedAt
            ? null
            : new AuditFault(0, AuditFaultKind.TenantAltered);
    }

    private static StoredTenant Read(StoredRow row)
    {
        var (id, name, key, createdAt) = (row.Id(0), row.Text(1), row.Text(2), row.Time(3));
        return row.Canonical ? new StoredTenant(id, name, key, createdAt, "") : new StoredTenant(null, "", "", default, row.Raw(0));
    }
}
