using Microsoft.EntityFrameworkCore.Migrations;

namespace FinConsole.Core.Data.SqlServer;

/// <summary>
/// Keeps the audit log append-only in the database itself. SQL Server has no trigger on TRUNCATE TABLE, but refuses it (error 4712)
/// on a table that a foreign key refers to, even from an empty table: that is all that the second table is for.
/// </summary>
internal static class SqlServerAuditTriggers
{
    // CREATE TRIGGER must be alone in its batch; EXEC keeps it so in generated scripts, which wrap every migration in conditions.
    public const string RefuseUpdateAndDelete = """
        EXEC(N'CREATE TRIGGER [AuditEntries_refuse_update_delete] ON [AuditEntries] INSTEAD OF UPDATE, DELETE AS
        BEGIN
            SET NOCOUNT ON;
            THROW 51000, N''AuditEntries is append-only'', 1;
        END')
        """;

    // The primary key refuses a second entry of one number.
    public const string RefuseGap = """
        EXEC(N'CREATE TRIGGER [AuditEntries_refuse_gap] ON [AuditEntries] AFTER INSERT AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM inserted AS new WHERE new.[Sequence] < 1 OR new.[Sequence] > 1 AND NOT EXISTS (
                SELECT 1 FROM [AuditEntries] AS old WHERE old.[TenantId] = new.[TenantId] AND old.[Sequence] = new.[Sequence] - 1))
                THROW 51000, N''AuditEntries is append-only: not the next Sequence of the tenant'', 1;
        END')
        """;

    public const string RefuseTruncate = """
        CREATE TABLE [AuditEntries_refuse_truncate] (
            [TenantId] uniqueidentifier NULL,
            [Sequence] bigint NULL,
            CONSTRAINT [FK_AuditEntries_refuse_truncate] FOREIGN KEY ([TenantId], [Sequence]) REFERENCES [AuditEntries] ([TenantId], [Sequence])
        )
        """;

    public static void Create(MigrationBuilder migration)
    {
        migration.Sql(RefuseUpdateAndDelete);
        migration.Sql(RefuseGap);
        migration.Sql(RefuseTruncate);
    }

    public static void Drop(MigrationBuilder migration)
    {
        migration.Sql("DROP TABLE [AuditEntries_refuse_truncate]");
        migration.Sql("DROP TRIGGER [AuditEntries_refuse_gap]");
        migration.Sql("DROP TRIGGER [AuditEntries_refuse_update_delete]");
    }
}
