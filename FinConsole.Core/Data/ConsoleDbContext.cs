using System.Linq.Expressions;
using System.Reflection;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Data;

/// <summary>
/// The one model over all three databases. It names no feature: each feature brings an <see cref="IEntityTypeConfiguration{TEntity}"/>
/// beside its entity, and uses <c>Set&lt;T&gt;()</c>. Obtained from <see cref="ConsoleDb"/> alone, which sets the tenant for each use.
/// </summary>
public abstract class ConsoleDbContext(DbContextOptions options) : IdentityUserContext<ConsoleUser, Guid>(options)
{
    /// <summary>The name of the query filter that keeps other tenants' rows out of sight.</summary>
    public const string TenantFilter = "Tenant";

    /// <summary>Marks text columns that are compared and sorted byte by byte on every database, so that an index finds all that begins with something.</summary>
    public const string SortsByBytes = "FinConsole:SortsByBytes";

    /// <summary>Whose rows this context shows. <see cref="Guid.Empty"/> shows no tenant's.</summary>
    public Guid TenantId { get; internal set; }

    /// <summary>What differs between the three databases beyond what EF Core hides.</summary>
    public abstract SqlDialect Dialect { get; }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);

        // Ticks compare, sort and hash alike in all three databases; SQLite has no DateTimeOffset, PostgreSQL drops the last digit.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<ConsoleUser>().ToTable("Members");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("MemberClaims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("MemberLogins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("MemberTokens");
        builder.ApplyConfigurationsFromAssembly(Assembly.GetExecutingAssembly());

        foreach (var property in builder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(property => property.RemoveAnnotation(SortsByBytes) is not null).ToList())
            property.SetCollation(Dialect.ByteCollation);
        foreach (var entity in builder.Model.GetEntityTypes().Where(type => typeof(ITenantOwned).IsAssignableFrom(type.ClrType)).ToList())
            builder.Entity(entity.ClrType).HasQueryFilter(TenantFilter, OwnTenant(entity.ClrType));
    }

    // row => row.TenantId == this.TenantId; EF reads "this" anew for every query, so a pooled context follows its current tenant.
    private LambdaExpression OwnTenant(Type entity)
    {
        var row = Expression.Parameter(entity, "row");
        var owner = Expression.Property(row, nameof(ITenantOwned.TenantId));
        var mine = Expression.Property(Expression.Constant(this, typeof(ConsoleDbContext)), nameof(TenantId));
        return Expression.Lambda(Expression.Equal(owner, mine), row);
    }
}
