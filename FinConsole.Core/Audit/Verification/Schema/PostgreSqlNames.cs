using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;

namespace FinConsole.Core.Audit.Verification.Schema;

/// <summary>
/// What can make a query on PostgreSQL read something else than its names say: another schema before PostgreSQL's own, a function or an
/// operator that fits its arguments better than PostgreSQL's, and a role for which triggers do not fire.
/// </summary>
internal static class PostgreSqlNames
{
    private const string Own = "pg_catalog";

    // The schema that is searched first, and whether triggers fire.
    private const string Settings = """
        SELECT (pg_catalog.current_schemas(true))[1]::pg_catalog.text, pg_catalog.current_setting('session_replication_role')
        """;

    // Every name is spelled with its schema here: this query must not be misled by what it looks for. What an extension brought is left
    // out.
    private const string Overloads = """
        WITH own AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname OPERATOR(pg_catalog.=) 'pg_catalog'::pg_catalog.name),
        near AS (
            SELECT n.oid, n.nspname FROM pg_catalog.pg_namespace n
            WHERE n.nspname OPERATOR(pg_catalog.=) ANY (pg_catalog.current_schemas(false))
                AND n.nspname OPERATOR(pg_catalog.<>) 'pg_catalog'::pg_catalog.name),
        brought AS (
            SELECT d.classid, d.objid FROM pg_catalog.pg_depend d WHERE d.deptype OPERATOR(pg_catalog.=) 'e'::pg_catalog."char")
        SELECT 'function'::pg_catalog.text, p.oid::pg_catalog.regprocedure::pg_catalog.text, near.nspname::pg_catalog.text
        FROM pg_catalog.pg_proc p JOIN near ON near.oid OPERATOR(pg_catalog.=) p.pronamespace
        WHERE EXISTS (SELECT FROM pg_catalog.pg_proc o JOIN own ON own.oid OPERATOR(pg_catalog.=) o.pronamespace
                WHERE o.proname OPERATOR(pg_catalog.=) p.proname)
            AND NOT EXISTS (SELECT FROM brought b WHERE b.objid OPERATOR(pg_catalog.=) p.oid
                AND b.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid)
        UNION ALL
        SELECT 'operator'::pg_catalog.text, p.oid::pg_catalog.regoperator::pg_catalog.text, near.nspname::pg_catalog.text
        FROM pg_catalog.pg_operator p JOIN near ON near.oid OPERATOR(pg_catalog.=) p.oprnamespace
        WHERE EXISTS (SELECT FROM pg_catalog.pg_operator o JOIN own ON own.oid OPERATOR(pg_catalog.=) o.oprnamespace
                WHERE o.oprname OPERATOR(pg_catalog.=) p.oprname)
            AND NOT EXISTS (SELECT FROM brought b WHERE b.objid OPERATOR(pg_catalog.=) p.oid
                AND b.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_operator'::pg_catalog.regclass::pg_catalog.oid)
        """;

    /// <returns>Each as a sentence.</returns>
    public static async Task<List<string>> FindMisleadingAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var (first, role) in await context.ReadStoredAsync(Settings, [], row => (row.Text(0), row.Text(1)), cancellationToken))
        {
            if (first != Own)
                found.Add(Texts.Format(AuditFaultTexts.SchemaSearchPath, first));
            if (role != "origin")
                found.Add(Texts.Format(AuditFaultTexts.SchemaReplicationRole, role));
        }

        var overloads = await context.ReadStoredAsync(
            Overloads, [], row => Texts.Format(AuditFaultTexts.SchemaOverload, row.Text(0), row.Text(1), row.Text(2)), cancellationToken);
        found.AddRange(overloads.Order(StringComparer.Ordinal));
        return found;
    }
}
