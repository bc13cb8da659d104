using Microsoft.EntityFrameworkCore.Migrations;

namespace FinConsole.Core.Data.PostgreSql;

/// <summary>
/// Keeps the audit log append-only in the database itself. TRUNCATE fires no row trigger and has one of its own.
/// "ON CONFLICT DO UPDATE" fires the update trigger, so inserting needs none.
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

    public static void Create(MigrationBuilder migration)
    {
        migration.Sql(Function);
        migration.Sql(RefuseUpdateAndDelete);
        migration.Sql(RefuseTruncate);
    }

    /// <summary>The function, and with it the triggers that call it.</summary>
    public static void Drop(MigrationBuilder migration) => migration.Sql("""DROP FUNCTION "AuditEntries_refuse_change"() CASCADE;""");
}
