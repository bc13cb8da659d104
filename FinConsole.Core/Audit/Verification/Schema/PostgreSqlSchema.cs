using FinConsole.Core.Data;

namespace FinConsole.Core.Audit.Verification.Schema;

/// <summary>Reads PostgreSQL's catalogues, for the tables as the program's connection finds them by its search path.</summary>
internal static class PostgreSqlSchema
{
    // pg_get_*(…, true) leaves out the schema of what the search path finds.
    private const string Query = """
        WITH mine AS (
            SELECT c.oid, t.name, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relnamespace
            FROM unnest(@tables) AS t(name) JOIN pg_class c ON c.oid = to_regclass(quote_ident(t.name))),
        every AS (
            SELECT c.oid, c.relname::text AS name FROM pg_class c
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND (c.relnamespace IN (SELECT relnamespace FROM mine) OR c.relnamespace = current_schema()::regnamespace)),
        triggers AS (
            SELECT every.name, g.* FROM pg_trigger g JOIN every ON every.oid = g.tgrelid)
        SELECT name, 'table', name, concat_ws(' ',
            CASE relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE relkind::text END,
            CASE relpersistence WHEN 'p' THEN NULL WHEN 'u' THEN 'unlogged' ELSE 'temporary' END,
            CASE WHEN relrowsecurity THEN 'row security' END, CASE WHEN relforcerowsecurity THEN 'forced' END) FROM mine
        UNION ALL
        SELECT mine.name, 'column', a.attname::text, concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END,
            (SELECT 'COLLATE ' || CASE WHEN collnamespace <> 'pg_catalog'::regnamespace THEN collnamespace::regnamespace || '.' ELSE '' END || collname
                FROM pg_collation WHERE oid = a.attcollation AND a.attcollation <> t.typcollation),
            'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), NULLIF(a.attidentity::text, ''), NULLIF(a.attgenerated::text, ''))
        FROM mine JOIN pg_attribute a ON a.attrelid = mine.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        UNION ALL
        SELECT mine.name, 'constraint', k.conname::text, pg_get_constraintdef(k.oid, true)
        FROM mine JOIN pg_constraint k ON k.conrelid = mine.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
        UNION ALL
        SELECT mine.name, 'index', c.relname::text, concat_ws(' ', pg_get_indexdef(i.indexrelid, 0, true),
            CASE WHEN NOT (i.indisvalid AND i.indisready AND i.indislive) THEN 'out of use' END)
        FROM mine JOIN pg_index i ON i.indrelid = mine.oid JOIN pg_class c ON c.oid = i.indexrelid
        UNION ALL
        SELECT name, 'trigger', tgname::text, concat_ws(' ', pg_get_triggerdef(oid, true), CASE tgenabled WHEN 'O' THEN NULL ELSE 'enabled: ' || tgenabled::text END)
        FROM triggers WHERE NOT tgisinternal
        UNION ALL
        SELECT DISTINCT triggers.name, 'function', p.proname::text, concat_ws(' ', l.lanname, CASE WHEN p.prosecdef THEN 'security definer' END, p.proconfig::text, p.prosrc)
        FROM triggers JOIN pg_proc p ON p.oid = triggers.tgfoid JOIN pg_language l ON l.oid = p.prolang WHERE NOT tgisinternal
        UNION ALL
        SELECT triggers.name, 'trigger', concat_ws(' ', 'of the constraint', k.conname, tgname), 'switched off'
        FROM triggers JOIN mine ON mine.oid = triggers.tgrelid LEFT JOIN pg_constraint k ON k.oid = triggers.tgconstraint WHERE tgisinternal AND tgenabled <> 'O'
        UNION ALL
        SELECT every.name, 'rule', r.rulename::text, concat_ws(' ', pg_get_ruledef(r.oid, true), 'enabled: ' || r.ev_enabled::text)
        FROM pg_rewrite r JOIN every ON every.oid = r.ev_class WHERE r.rulename <> '_RETURN'
        UNION ALL
        SELECT mine.name, 'policy', p.polname::text, concat_ws(' ', p.polcmd::text, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
        FROM pg_policy p JOIN mine ON mine.oid = p.polrelid
        UNION ALL
        SELECT mine.name, 'child table', i.inhrelid::regclass::text, 'inherits' FROM pg_inherits i JOIN mine ON mine.oid = i.inhparent
        """;

    public static Task<List<SchemaObject>> ReadAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        context.ReadStoredAsync(
            Query, [("@tables", ExpectedSchema.Tables)],
            row => new SchemaObject(row.Text(0), row.Text(1), row.Text(2), SqliteSchema.OnOneLine(row.Text(3))), cancellationToken);
}
