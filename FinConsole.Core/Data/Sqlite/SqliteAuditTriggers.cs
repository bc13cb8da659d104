using Microsoft.EntityFrameworkCore.Migrations;

namespace FinConsole.Core.Data.Sqlite;

/// <summary>
/// Keeps the audit log append-only in the database itself. INSERT OR REPLACE deletes without firing the delete trigger, so the insert
/// trigger refuses a number that exists or does not follow the tenant's last one.
/// A migration that rebuilds AuditEntries (as EF Core does on SQLite to alter a column) drops the triggers and must create them anew.
/// </summary>
internal static class SqliteAuditTriggers
{
    public const string RefuseUpdate = """
        CREATE TRIGGER "AuditEntries_refuse_update" BEFORE UPDATE ON "AuditEntries"
        BEGIN
            SELECT RAISE(ABORT, 'AuditEntries is append-only');
        END;
        """;

    public const string RefuseDelete = """
        CREATE TRIGGER "AuditEntries_refuse_delete" BEFORE DELETE ON "AuditEntries"
        BEGIN
            SELECT RAISE(ABORT, 'AuditEntries is append-only');
        END;
        """;

    public const string RefuseGapOrReplacement = """
        CREATE TRIGGER "AuditEntries_refuse_gap" BEFORE INSERT ON "AuditEntries"
        WHEN NEW."Sequence" <> (SELECT COALESCE(MAX("Sequence"), 0) + 1 FROM "AuditEntries" WHERE "TenantId" = NEW."TenantId")
        BEGIN
            SELECT RAISE(ABORT, 'AuditEntries is append-only: not the next Sequence of the tenant');
        END;
        """;

    public static void Create(MigrationBuilder migration)
    {
        migration.Sql(RefuseUpdate);
        migration.Sql(RefuseDelete);
        migration.Sql(RefuseGapOrReplacement);
    }

    public static void Drop(MigrationBuilder migration)
    {
        migration.Sql("""DROP TRIGGER "AuditEntries_refuse_update";""");
        migration.Sql("""DROP TRIGGER "AuditEntries_refuse_delete";""");
        migration.Sql("""DROP TRIGGER "AuditEntries_refuse_gap";""");
    }
}
