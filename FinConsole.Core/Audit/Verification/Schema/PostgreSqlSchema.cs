using FinConsole.Core.Data;

namespace FinConsole.Core.Audit.Verification.Schema;

/// <summary>
/// Reads PostgreSQL's catalogues, for the tables as the program's connection finds them by its search path. Triggers, rules and further
/// tables of the same names are looked for in every schema: a table can be moved to another one, and something else put in its place.
/// </summary>
internal static class PostgreSqlSchema
{
    /// <summary>
    /// Every function, operator and type is spelled with its schema, and nothing is used that compares by an operator without naming it (IN,
    /// NULLIF, CASE with a value): what stands in another schema must not vouch for what is read. A test holds this.
    /// </summary>
    public const string Query = """
        WITH mine AS (
            SELECT c.oid, t.name, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity
            FROM pg_catalog.unnest(@tables) AS t(name)
                JOIN pg_catalog.pg_class c
                    ON c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(pg_catalog.quote_ident(t.name))::pg_catalog.oid),
        every AS (
            SELECT c.oid, c.relname::pg_catalog.text AS bare, c.relkind,
                CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN c.relname::pg_catalog.text
                    ELSE pg_catalog.concat_ws('.', n.nspname::pg_catalog.text, c.relname::pg_catalog.text) END AS name
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
            WHERE c.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p', 'v', 'm', 'f']::pg_catalog."char"[])
                AND n.nspname OPERATOR(pg_catalog.<>) 'information_schema'::pg_catalog.name
                AND NOT pg_catalog.starts_with(n.nspname::pg_catalog.text, 'pg_'::pg_catalog.text)),
        triggers AS (
            SELECT every.name, g.oid, g.tgrelid, g.tgname, g.tgfoid, g.tgenabled, g.tgisinternal, g.tgconstraint
            FROM pg_catalog.pg_trigger g JOIN every ON every.oid OPERATOR(pg_catalog.=) g.tgrelid)
        SELECT name, 'table', name, pg_catalog.concat_ws(' ',
            CASE WHEN relkind OPERATOR(pg_catalog.=) 'r' THEN 'table' WHEN relkind OPERATOR(pg_catalog.=) 'v' THEN 'view'
                WHEN relkind OPERATOR(pg_catalog.=) 'm' THEN 'materialized view'
                WHEN relkind OPERATOR(pg_catalog.=) 'f' THEN 'foreign table'
                ELSE relkind::pg_catalog.text END,
            CASE WHEN relpersistence OPERATOR(pg_catalog.=) 'p' THEN NULL
                WHEN relpersistence OPERATOR(pg_catalog.=) 'u' THEN 'unlogged' ELSE 'temporary' END,
            CASE WHEN relrowsecurity THEN 'row security' END, CASE WHEN relforcerowsecurity THEN 'forced' END) FROM mine
        UNION ALL
        SELECT every.bare, 'namesake', every.name, every.relkind::pg_catalog.text
        FROM every WHERE every.bare OPERATOR(pg_catalog.=) ANY (@tables) AND NOT pg_catalog.pg_table_is_visible(every.oid)
        UNION ALL
        SELECT mine.name, 'column', a.attname::pg_catalog.text, pg_catalog.concat_ws(' ', pg_catalog.format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN 'NOT NULL' END,
            (SELECT pg_catalog.concat('COLLATE ',
                    CASE WHEN n.nspname OPERATOR(pg_catalog.<>) 'pg_catalog'::pg_catalog.name
                        THEN pg_catalog.concat(pg_catalog.quote_ident(n.nspname::pg_catalog.text), '.') END, o.collname)
                FROM pg_catalog.pg_collation o JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) o.collnamespace
                WHERE o.oid OPERATOR(pg_catalog.=) a.attcollation AND a.attcollation OPERATOR(pg_catalog.<>) t.typcollation),
            CASE WHEN d.oid IS NOT NULL THEN pg_catalog.concat('DEFAULT ', pg_catalog.pg_get_expr(d.adbin, d.adrelid)) END,
            CASE WHEN a.attidentity OPERATOR(pg_catalog.<>) '' THEN a.attidentity::pg_catalog.text END,
            CASE WHEN a.attgenerated OPERATOR(pg_catalog.<>) '' THEN a.attgenerated::pg_catalog.text END)
        FROM mine
            JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) mine.oid
                AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped
            JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid OPERATOR(pg_catalog.=) a.attrelid AND d.adnum OPERATOR(pg_catalog.=) a.attnum
        UNION ALL
        SELECT mine.name, 'constraint', k.conname::pg_catalog.text, pg_catalog.pg_get_constraintdef(k.oid, true)
        FROM mine JOIN pg_catalog.pg_constraint k ON k.conrelid OPERATOR(pg_catalog.=) mine.oid
            AND k.contype OPERATOR(pg_catalog.=) ANY (ARRAY['p', 'u', 'f', 'c', 'x']::pg_catalog."char"[])
        UNION ALL
        SELECT mine.name, 'index', c.relname::pg_catalog.text, pg_catalog.concat_ws(' ', pg_catalog.pg_get_indexdef(i.indexrelid, 0, true),
            CASE WHEN NOT (i.indisvalid AND i.indisready AND i.indislive) THEN 'out of use' END)
        FROM mine JOIN pg_catalog.pg_index i ON i.indrelid OPERATOR(pg_catalog.=) mine.oid
            JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) i.indexrelid
        UNION ALL
        SELECT name, 'trigger', tgname::pg_catalog.text, pg_catalog.concat_ws(' ', pg_catalog.pg_get_triggerdef(oid, true),
            CASE WHEN tgenabled OPERATOR(pg_catalog.<>) 'O' THEN pg_catalog.concat('enabled: ', tgenabled) END)
        FROM triggers WHERE NOT tgisinternal
        UNION ALL
        SELECT DISTINCT triggers.name, 'function', p.proname::pg_catalog.text,
            pg_catalog.concat_ws(' ', l.lanname, CASE WHEN p.prosecdef THEN 'security definer' END, p.proconfig, p.prosrc)
        FROM triggers JOIN pg_catalog.pg_proc p ON p.oid OPERATOR(pg_catalog.=) triggers.tgfoid
            JOIN pg_catalog.pg_language l ON l.oid OPERATOR(pg_catalog.=) p.prolang
        WHERE NOT tgisinternal
        UNION ALL
        SELECT triggers.name, 'trigger', pg_catalog.concat_ws(' ', 'of the constraint', k.conname, tgname), 'switched off'
        FROM triggers JOIN mine ON mine.oid OPERATOR(pg_catalog.=) triggers.tgrelid
            LEFT JOIN pg_catalog.pg_constraint k ON k.oid OPERATOR(pg_catalog.=) triggers.tgconstraint
        WHERE tgisinternal AND tgenabled OPERATOR(pg_catalog.<>) 'O'
        UNION ALL
        SELECT every.name, 'rule', r.rulename::pg_catalog.text,
            pg_catalog.concat_ws(' ', pg_catalog.pg_get_ruledef(r.oid, true), pg_catalog.concat('enabled: ', r.ev_enabled))
        FROM pg_catalog.pg_rewrite r JOIN every ON every.oid OPERATOR(pg_catalog.=) r.ev_class
        WHERE r.rulename OPERATOR(pg_catalog.<>) '_RETURN'::pg_catalog.name
        UNION ALL
        SELECT mine.name, 'policy', p.polname::pg_catalog.text, pg_catalog.concat_ws(' ', p.polcmd,
            pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
        FROM pg_catalog.pg_policy p JOIN mine ON mine.oid OPERATOR(pg_catalog.=) p.polrelid
        UNION ALL
        SELECT mine.name, 'child table', i.inhrelid::pg_catalog.regclass::pg_catalog.text, 'inherits'
        FROM pg_catalog.pg_inherits i JOIN mine ON mine.oid OPERATOR(pg_catalog.=) i.inhparent
        """;

    public static Task<List<SchemaObject>> ReadAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        context.ReadStoredAsync(
            Query, [("@tables", ExpectedSchema.Tables)],
            row => new SchemaObject(row.Text(0), row.Text(1), row.Text(2), SqliteSchema.OnOneLine(row.Text(3))), cancellationToken);
}
