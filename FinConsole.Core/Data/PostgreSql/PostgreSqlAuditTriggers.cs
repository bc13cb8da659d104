using Microsoft.EntityFrameworkCore.Migrations;

namespace FinConsole.Core.Data.PostgreSql;

/// <summary>
/// Keeps the audit log append-only in the database itself. TRUNCATE fires no row trigger and has one of its own.
/// "ON CONFLICT DO UPDATE" fires the update trigger. An insert must follow the tenant's last entry; the primary key refuses a second of its number.
/// </summary>
internal static class PostgreSqlAuditTriggers
{
    public const string Function = """
        CREATE FUNCTION "AuditEntries_refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            RAISE EXCEPTION 'AuditEntries is append-only' USING ERRCODE = 'restrict_violation';
        END
        $body$;
        """;

    public const string RefuseUpdateAndDelete = """
        CREATE TRIGGER "AuditEntries_refuse_update_delete" BEFORE UPDATE OR DELETE ON "AuditEntries"
        FOR EACH ROW EXECUTE FUNCTION "AuditEntries_refuse_change"();
        """;

    public const string RefuseTruncate = """
        CREATE TRIGGER "AuditEntries_refuse_truncate" BEFORE TRUNCATE ON "AuditEntries"
        FOR EACH STATEMENT EXECUTE FUNCTION "AuditEntries_refuse_change"();
        """;

    public const string GapFunction = """
        CREATE FUNCTION "AuditEntries_refuse_gap"() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF NEW."Sequence" < 1 OR NEW."Sequence" > 1 AND NOT EXISTS (
                SELECT FROM "AuditEntries" WHERE "TenantId" = NEW."TenantId" AND "Sequence" = NEW."Sequence" - 1) THEN
                RAISE EXCEPTION 'AuditEntries is append-only: not the next Sequence of the tenant' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END
        $body$;
        """;

    public const string RefuseGap = """
        CREATE TRIGGER "AuditEntries_refuse_gap" BEFORE INSERT ON "AuditEntries"
        FOR EACH ROW EXECUTE FUNCTION "AuditEntries_refuse_gap"();
        """;

    public static void Create(MigrationBuilder migration)
    {
        migration.Sql(Function);
        migration.Sql(RefuseUpdateAndDelete);
        migration.Sql(RefuseTruncate);
        migration.Sql(GapFunction);
        migration.Sql(RefuseGap);
    }

    /// <summary>The functions, and with them the triggers that call them.</summary>
    public static void Drop(MigrationBuilder migration)
    {
        migration.Sql("""DROP FUNCTION "AuditEntries_refuse_change"() CASCADE;""");
        migration.Sql("""DROP FUNCTION "AuditEntries_refuse_gap"() CASCADE;""");
    }
}
