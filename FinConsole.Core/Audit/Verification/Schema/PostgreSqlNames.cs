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

    /// <summary>The schema that is searched first, and whether triggers fire.</summary>
    public const string Settings = """
        SELECT (pg_catalog.current_schemas(true))[1]::pg_catalog.text, pg_catalog.current_setting('session_replication_role')
        """;

    /// <summary>
    /// Functions and operators of PostgreSQL's names. Every name is spelled with its schema here: this query must not be misled by what it
    /// looks for. Whoever owns an extension can make anything a member of it, so membership alone vouches for nothing. A member is left out
    /// where no query of this program's can call it: for an argument of a type that no value of PostgreSQL's own types becomes by itself (a
    /// base type, which superusers alone can make), or because PostgreSQL's own takes the same arguments and is found first.
    /// </summary>
    public const string Overloads = """
        WITH own AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname OPERATOR(pg_catalog.=) 'pg_catalog'::pg_catalog.name),
        near AS (
            SELECT n.oid, n.nspname FROM pg_catalog.pg_namespace n
            WHERE n.nspname OPERATOR(pg_catalog.=) ANY (pg_catalog.current_schemas(false))
                AND n.nspname OPERATOR(pg_catalog.<>) 'pg_catalog'::pg_catalog.name),
        brought AS (
            SELECT d.classid, d.objid FROM pg_catalog.pg_depend d WHERE d.deptype OPERATOR(pg_catalog.=) 'e'::pg_catalog."char"),
        apart AS (
            SELECT t.oid FROM pg_catalog.pg_type t
            WHERE t.typtype OPERATOR(pg_catalog.=) 'b'::pg_catalog."char" AND t.typcategory OPERATOR(pg_catalog.<>) 'A'::pg_catalog."char"
                AND NOT EXISTS (SELECT FROM own WHERE own.oid OPERATOR(pg_catalog.=) t.typnamespace)
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_cast k JOIN pg_catalog.pg_type s ON s.oid OPERATOR(pg_catalog.=) k.castsource
                    JOIN own ON own.oid OPERATOR(pg_catalog.=) s.typnamespace
                    WHERE k.casttarget OPERATOR(pg_catalog.=) t.oid AND k.castcontext OPERATOR(pg_catalog.=) 'i'::pg_catalog."char"))
        SELECT 'function'::pg_catalog.text, p.oid::pg_catalog.regprocedure::pg_catalog.text, near.nspname::pg_catalog.text
        FROM pg_catalog.pg_proc p JOIN near ON near.oid OPERATOR(pg_catalog.=) p.pronamespace
        WHERE EXISTS (SELECT FROM pg_catalog.pg_proc o JOIN own ON own.oid OPERATOR(pg_catalog.=) o.pronamespace
                WHERE o.proname OPERATOR(pg_catalog.=) p.proname)
            AND NOT (EXISTS (SELECT FROM brought b WHERE b.objid OPERATOR(pg_catalog.=) p.oid
                    AND b.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid)
                AND (EXISTS (SELECT FROM apart WHERE apart.oid OPERATOR(pg_catalog.=) ANY (p.proargtypes))
                    OR EXISTS (SELECT FROM pg_catalog.pg_proc o JOIN own ON own.oid OPERATOR(pg_catalog.=) o.pronamespace
                        WHERE o.proname OPERATOR(pg_catalog.=) p.proname AND o.proargtypes OPERATOR(pg_catalog.=) p.proargtypes
                            AND o.provariadic OPERATOR(pg_catalog.=) 0 AND p.provariadic OPERATOR(pg_catalog.=) 0
                            AND p.pronargdefaults OPERATOR(pg_catalog.=) 0)))
        UNION ALL
        SELECT 'operator'::pg_catalog.text, p.oid::pg_catalog.regoperator::pg_catalog.text, near.nspname::pg_catalog.text
        FROM pg_catalog.pg_operator p JOIN near ON near.oid OPERATOR(pg_catalog.=) p.oprnamespace
        WHERE EXISTS (SELECT FROM pg_catalog.pg_operator o JOIN own ON own.oid OPERATOR(pg_catalog.=) o.oprnamespace
                WHERE o.oprname OPERATOR(pg_catalog.=) p.oprname)
            AND NOT (EXISTS (SELECT FROM brought b WHERE b.objid OPERATOR(pg_catalog.=) p.oid
                    AND b.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_operator'::pg_catalog.regclass::pg_catalog.oid)
                AND EXISTS (SELECT FROM apart
                    WHERE apart.oid OPERATOR(pg_catalog.=) p.oprleft OR apart.oid OPERATOR(pg_catalog.=) p.oprright))
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
