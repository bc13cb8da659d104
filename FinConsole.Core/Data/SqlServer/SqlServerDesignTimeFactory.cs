using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FinConsole.Core.Data.SqlServer;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model; it never opens a connection.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerConsoleDbContext>
{
    public SqlServerConsoleDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqlServerConsoleDbContext>();
        options.UseSqlServer("Server=design-time");
        return new SqlServerConsoleDbContext(options.Options);
    }
}
