using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FinConsole.Core.Data.PostgreSql;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model; it never opens a connection.</summary>
internal sealed class PostgreSqlDesignTimeFactory : IDesignTimeDbContextFactory<PostgreSqlConsoleDbContext>
{
    public PostgreSqlConsoleDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgreSqlConsoleDbContext>();
        options.UseNpgsql("Host=design-time");
        return new PostgreSqlConsoleDbContext(options.Options);
    }
}
