using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.Demo;

/// <summary>
/// Example tenants with three months behind them, made once, at the first start of an installation for trying out. Everything goes
/// through the use cases that the pages call, on a clock that runs from three months ago to now.
/// </summary>
/// <remarks>
/// Somebody may well interrupt the first start. A fact says "begun" before the first row and "whole" after the last. What was only
/// begun cannot be deleted (the audit log is append-only) and cannot be continued (its secrets are gone), so its tenants are closed
/// and renamed, which frees their names and addresses, and the demo is made anew. Tenants of those names without that fact are
/// somebody's own, and are left alone.
/// </remarks>
public sealed class DemoData
{
    private const string Begun = "begun";
    private const string Whole = "whole";
    private const ulong Seed = 20;
    private static readonly TimeSpan BeforeItAll = TimeSpan.FromDays(120);
    private static readonly string[] TenantKeys = [.. new[] { AcmeStory.Tenant, GlobexStory.Tenant }.Select(name => name.ToLowerInvariant())];

    private readonly ConsoleDb _db;
    private readonly IOptions<DemoOptions> _options;
    private readonly TimeProvider _time;
    private readonly ChainRegister _register;
    private readonly Func<DemoClock, ServiceProvider> _buildCore;

    internal DemoData(ConsoleDb db, IOptions<DemoOptions> options, TimeProvider time, ChainRegister register, Func<DemoClock, ServiceProvider> buildCore) =>
        (_db, _options, _time, _register, _buildCore) = (db, options, time, register, buildCore);

    /// <summary>Makes the demo, where it is enabled and not there yet. Call it after migration and before anything is served.</summary>
    /// <exception cref="ConfigurationRefusedException">No password is configured, or one that the rules refuse.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (!_options.Value.Enabled)
            return;
        if (_options.Value.Password is not { Length: > 0 } password)
            throw new ConfigurationRefusedException(DemoTexts.PasswordMissing);
        if (!await TryBeginAsync(cancellationToken))
            return;

        var now = _time.GetUtcNow();
        var clock = new DemoClock(now - BeforeItAll);
        var schedule = new DemoSchedule(clock, now);
        await using (var core = _buildCore(clock))
        {
            var world = new DemoWorld(core, clock, new DemoDice(Seed), schedule, new Secret(password));
            var visits = new DemoVisits(world);
            var tokens = new DemoTokens(world, visits);
            new AcmeStory(world, visits, tokens).Plan();
            new GlobexStory(world, visits, tokens).Plan();
            await schedule.RunAsync(cancellationToken);
            await new DemoUsage(world).WriteAsync(now, cancellationToken);
        }

        await using var context = _db.OpenForOperator();
        // Three months on, nobody takes first steps any more.
        var tenants = context.Set<Tenant>().Where(tenant => TenantKeys.Contains(tenant.NameKey)).Select(tenant => tenant.Id);
        await context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).Where(member => tenants.Contains(member.TenantId))
            .ExecuteUpdateAsync(set => set.SetProperty(member => member.ChecklistDismissed, true), cancellationToken);
        await context.Set<InstanceFact>().Where(fact => fact.Name == InstanceFact.DemoData)
            .ExecuteUpdateAsync(set => set.SetProperty(fact => fact.Value, Whole), cancellationToken);
    }

    // True when the demo is to be made: the fact then says "begun", and its names are free.
    private async Task<bool> TryBeginAsync(CancellationToken cancellationToken)
    {
        await using var context = _db.OpenForOperator();
        var known = await context.Set<InstanceFact>().AsNoTracking().SingleOrDefaultAsync(fact => fact.Name == InstanceFact.DemoData, cancellationToken);
        if (known?.Value == Begun)
            await SetAsideAsync(context, cancellationToken);
        if (known is not null)
            return known.Value == Begun;
        if (await context.Set<Tenant>().AnyAsync(tenant => TenantKeys.Contains(tenant.NameKey), cancellationToken))
            return false;

        context.Add(new InstanceFact { Name = InstanceFact.DemoData, Value = Begun });
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    private async Task SetAsideAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var renamed = new List<(Guid Id, string Name)>();
        foreach (var tenant in await context.Set<Tenant>().Where(tenant => TenantKeys.Contains(tenant.NameKey)).ToListAsync(cancellationToken))
        {
            var mark = "unfinished-" + Base62.Random(8).ToLowerInvariant();
            var members = await context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
                .Where(member => member.TenantId == tenant.Id).ToListAsync(cancellationToken);
            foreach (var member in members)
                Readdress(member, $"{mark}.{member.Email}");
            (tenant.Name, tenant.NameKey, tenant.Domain, tenant.ClosedAt) = ($"{tenant.Name} {mark}", $"{tenant.NameKey} {mark}", null, now);
            renamed.Add((tenant.Id, tenant.Name));
        }

        await context.SaveChangesAsync(cancellationToken);
        foreach (var (id, name) in renamed)
            await _register.RenameAsync(context, id, name, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static void Readdress(ConsoleUser member, string email)
    {
        (member.Email, member.UserName) = (email, email);
        (member.NormalizedEmail, member.NormalizedUserName) = (Emails.Normalize(email), Emails.Normalize(email));
    }
}
