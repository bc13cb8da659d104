using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Data;

/// <summary>Brings the database's schema up to this program's. EF Core holds a lock meanwhile, so that several instances may start at once.</summary>
public sealed class DatabaseMigration(ConsoleDb db)
{
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();

        // Migrating compares the whole model with its snapshot first, which takes half of an ordinary start.
        if (await IsDueAsync(context, cancellationToken))
            await context.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Whether the schema is an older program's.</summary>
    public async Task<bool> IsDueAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        return await IsDueAsync(context, cancellationToken);
    }

    private static async Task<bool> IsDueAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        return context.Database.GetMigrations().Except(applied).Any();
    }
}
