using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Data;

/// <summary>Brings the database's schema up to this program's. EF Core holds a lock meanwhile, so that several instances may start at once.</summary>
public sealed class DatabaseMigration(ConsoleDb db)
{
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        await context.Database.MigrateAsync(cancellationToken);
    }
}
