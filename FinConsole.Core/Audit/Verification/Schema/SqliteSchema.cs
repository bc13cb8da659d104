using System.Text;
using System.Text.RegularExpressions;
using FinConsole.Core.Data;

namespace FinConsole.Core.Audit.Verification.Schema;

/// <summary>Reads SQLite's schema as it stands in the file, as text: <c>PRAGMA</c> tells less of it.</summary>
internal static partial class SqliteSchema
{
    public static async Task<List<SchemaObject>> ReadAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var rows = await context.ReadStoredAsync(
            "SELECT type, name, tbl_name, COALESCE(sql, 'automatic') FROM sqlite_master", [],
            row => (Type: row.Text(0), Name: row.Text(1), Table: row.Text(2), Sql: OnOneLine(row.Text(3))), cancellationToken);
        var objects = new List<SchemaObject>();
        foreach (var row in rows)
        {
            // SQLite takes names in any letter case.
            var table = ExpectedSchema.Tables.FirstOrDefault(name => string.Equals(name, row.Table, StringComparison.OrdinalIgnoreCase));
            if (row.Type == "trigger")
                objects.Add(new SchemaObject(table ?? row.Table, row.Type, row.Name, row.Sql));
            else if (table is not null && row.Type == "index")
                objects.Add(new SchemaObject(table, row.Type, row.Name, row.Sql));
            else if (table is not null)
                objects.AddRange(OfTable(table, row.Type, row.Sql));
        }

        return objects;
    }

    /// <summary>What the indexes and constraints of a table contradict in its rows: an index that was made while its definition was another one.</summary>
    public static async Task<string?> FindContradictionAsync(ConsoleDbContext context, string table, CancellationToken cancellationToken)
    {
        var there = await context.ReadStoredAsync(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = @table", [("@table", table)], row => row.Text(0), cancellationToken);
        if (there.Count == 0)
            return null;
        var found = await context.ReadStoredAsync($"PRAGMA integrity_check(\"{table}\")", [], row => row.Text(0), cancellationToken);
        return found is ["ok"] ? null : found.FirstOrDefault();
    }

    // Columns stand in another order where a migration made the table anew.
    private static IEnumerable<SchemaObject> OfTable(string table, string type, string sql)
    {
        var (open, close) = (sql.IndexOf('(', StringComparison.Ordinal), sql.LastIndexOf(')'));
        var plain = type == SchemaObject.TableKind && sql.StartsWith("CREATE TABLE ", StringComparison.OrdinalIgnoreCase) && open > 0 && close > open;
        if (!plain)
            return [new SchemaObject(table, SchemaObject.TableKind, table, $"{type} {sql}")];
        var options = sql[(close + 1)..].Trim();
        return Split(sql[(open + 1)..close]).Select(part => OfPart(table, part))
            .Prepend(new SchemaObject(table, SchemaObject.TableKind, table, options.Length == 0 ? type : $"{type} {options}"));
    }

    private static SchemaObject OfPart(string table, string part)
    {
        var name = Named().Match(part);
        return name.Success
            ? new SchemaObject(table, name.Groups["constraint"].Success ? "constraint" : "column", name.Groups["name"].Value, part[name.Length..].Trim())
            : new SchemaObject(table, "constraint", part, part);
    }

    // At commas outside of parentheses and quotation marks.
    private static List<string> Split(string body)
    {
        var (parts, part, depth, quote) = (new List<string>(), new StringBuilder(), 0, '\0');
        foreach (var letter in body)
        {
            if (quote != '\0')
                quote = letter == quote ? '\0' : quote;
            else if (letter is '"' or '\'' or '`')
                quote = letter;
            else
                depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (letter == ',' && depth == 0 && quote == '\0')
            {
                parts.Add(part.ToString().Trim());
                part.Clear();
            }
            else
            {
                part.Append(letter);
            }
        }

        parts.Add(part.ToString().Trim());
        return parts;
    }

    internal static string OnOneLine(string sql) => Blanks().Replace(sql, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("""^(?<constraint>CONSTRAINT )?"(?<name>\w+)" """)]
    private static partial Regex Named();
}
