using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Data;

/// <summary>Brings the database's schema up to this program's. EF Core holds a lock meanwhile, so that several instances may start at once.</summary>
public sealed class DatabaseMigration(ConsoleDb db)
{
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();

        // Migrating compares the whole model with its snapshot first, which takes half of an ordinary start.
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (context.Database.GetMigrations().Except(applied).Any())
            await context.Database.MigrateAsync(cancellationToken);
    }
}
