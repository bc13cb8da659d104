using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FinConsole.Core.Data.Sqlite;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model; it never opens a connection.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteConsoleDbContext>
{
    public SqliteConsoleDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteConsoleDbContext>();
        options.UseSqlite("Data Source=design-time.db");
        return new SqliteConsoleDbContext(options.Options);
    }
}
