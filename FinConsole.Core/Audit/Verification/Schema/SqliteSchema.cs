using System.Text;
using System.Text.RegularExpressions;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;

namespace FinConsole.Core.Audit.Verification.Schema;

/// <summary>Reads SQLite's schema as it stands in the file, as text: <c>PRAGMA</c> tells less of it.</summary>
internal static partial class SqliteSchema
{
    private const string IndexType = "index";
    private const string TriggerType = "trigger";
    private const string ViewType = "view";

    // Of an index that a key or a UNIQUE made.
    private const string Automatic = "automatic";

    // SQLite's names of its own types, and how it begins what it stores of each.
    private static readonly Dictionary<string, string[]> Beginnings = new(StringComparer.Ordinal)
    {
        [SchemaObject.TableKind] = ["CREATE TABLE ", "CREATE VIRTUAL TABLE "],
        [IndexType] = ["CREATE INDEX ", "CREATE UNIQUE INDEX ", Automatic],
        [TriggerType] = ["CREATE TRIGGER "],
        [ViewType] = ["CREATE VIEW "],
    };

    public static async Task<List<SchemaObject>> ReadAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var objects = new List<SchemaObject>();
        foreach (var row in await ReadRowsAsync(context, cancellationToken))
        {
            var table = ExpectedSchema.Tables.FirstOrDefault(row.IsOf);
            if (row.Type == TriggerType)
                objects.Add(new SchemaObject(table ?? row.Table, row.Type, row.Name, row.Sql));
            else if (table is not null && row.Type == IndexType)
                objects.Add(new SchemaObject(table, row.Type, row.Name, row.Sql));
            else if (table is not null && row.IsTableOrView)
                objects.AddRange(OfTable(table, row.Type, row.Sql));
        }

        return objects;
    }

    /// <summary>
    /// Rows of the schema in a form that SQLite does not write, each as a sentence. SQLite takes types and names in any letter case and
    /// up to a NUL, so such a row can be in force while whoever looks for it by its type overlooks it.
    /// </summary>
    public static async Task<List<string>> FindForeignRowsAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var rows = await ReadRowsAsync(context, cancellationToken);
        return
        [
            .. rows.Where(row => !row.AsWritten || (row.IsTableOrView && row.Name != row.Table) || !rows.Exists(row.IsOfTable))
                .Select(row => Texts.Format(AuditFaultTexts.SchemaRow, row.StoredType, row.Name, row.Table, row.Sql)),
        ];
    }

    /// <summary>
    /// What the indexes and constraints of tables contradict in their rows: an index that was made while its definition was another one.
    /// </summary>
    public static async Task<List<(string Table, string Contradiction)>> FindContradictionsAsync(
        ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var rows = await ReadRowsAsync(context, cancellationToken);
        var contradictions = new List<(string Table, string Contradiction)>();
        foreach (var table in ExpectedSchema.Tables.Where(table => rows.Exists(row => row.Type == SchemaObject.TableKind && row.IsOf(table))))
        {
            var found = await context.ReadStoredAsync($"PRAGMA integrity_check(\"{table}\")", [], row => row.Text(0), cancellationToken);
            if (found is not ["ok"] && found is [var first, ..])
                contradictions.Add((table, first));
        }

        return contradictions;
    }

    private static Task<List<SchemaRow>> ReadRowsAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        context.ReadStoredAsync($"SELECT type, name, tbl_name, COALESCE(sql, '{Automatic}') FROM sqlite_master", [], ReadRow, cancellationToken);

    private static SchemaRow ReadRow(StoredRow row)
    {
        var type = row.TextUpToNul(0);
        var stored = row.Canonical ? type : row.Raw(0);
        var (name, table, sql) = (row.TextUpToNul(1), row.TextUpToNul(2), row.TextUpToNul(3));
        var asWritten = row.Canonical && Beginnings.TryGetValue(type, out var beginnings)
            && Array.Exists(beginnings, beginning => sql.StartsWith(beginning, StringComparison.Ordinal));
        return new SchemaRow(type.ToLowerInvariant(), stored, name, table, OnOneLine(sql), asWritten);
    }

    // Columns stand in another order where a migration made the table anew.
    private static IEnumerable<SchemaObject> OfTable(string table, string type, string sql)
    {
        var (open, close) = (sql.IndexOf('(', StringComparison.Ordinal), sql.LastIndexOf(')'));
        var plain = type == SchemaObject.TableKind && sql.StartsWith("CREATE TABLE ", StringComparison.OrdinalIgnoreCase) && open > 0 && close > open;
        if (!plain)
            return [new SchemaObject(table, SchemaObject.TableKind, table, $"{type} {sql}")];
        var options = sql[(close + 1)..].Trim(' ');
        return Split(sql[(open + 1)..close]).Select(part => OfPart(table, part))
            .Prepend(new SchemaObject(table, SchemaObject.TableKind, table, options.Length == 0 ? type : $"{type} {options}"));
    }

    private static SchemaObject OfPart(string table, string part)
    {
        var name = Named().Match(part);
        return name.Success
            ? new SchemaObject(table, name.Groups["constraint"].Success ? "constraint" : "column", name.Groups["name"].Value, part[name.Length..].Trim(' '))
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
                parts.Add(part.ToString().Trim(' '));
                part.Clear();
            }
            else
            {
                part.Append(letter);
            }
        }

        parts.Add(part.ToString().Trim(' '));
        return parts;
    }

    internal static string OnOneLine(string sql) => Blanks().Replace(sql, " ").Trim(' ');

    // What databases take for blanks: to them, any other space is a letter of a name.
    [GeneratedRegex(@"[ \t\n\f\r]+")]
    private static partial Regex Blanks();

    [GeneratedRegex("""^(?<constraint>CONSTRAINT )?"(?<name>\w+)" """)]
    private static partial Regex Named();

    /// <summary>A row of <c>sqlite_master</c>, as SQLite reads it.</summary>
    /// <param name="Type">In small letters.</param>
    /// <param name="StoredType">As it stands there.</param>
    /// <param name="Name">Of what it makes.</param>
    /// <param name="Table">Whose it is; a table's or view's own name.</param>
    /// <param name="Sql">On one line.</param>
    /// <param name="AsWritten">False where SQLite itself writes no such row.</param>
    private sealed record SchemaRow(string Type, string StoredType, string Name, string Table, string Sql, bool AsWritten)
    {
        public bool IsTableOrView => Type is SchemaObject.TableKind or ViewType;

        public bool IsOf(string table) => Ascii.EqualsIgnoreCase(table, Table);

        /// <summary>Of a trigger, SQLite keeps the table's name as the statement spelt it.</summary>
        public bool IsOfTable(SchemaRow other) => other.IsTableOrView && (Type == TriggerType ? IsOf(other.Name) : Table == other.Name);
    }
}
