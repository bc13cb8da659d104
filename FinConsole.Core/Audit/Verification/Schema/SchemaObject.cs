using FinConsole.Core.Data;

namespace FinConsole.Core.Audit.Verification.Schema;

/// <summary>Something that the schema says of a table that the audit rests on.</summary>
/// <param name="Table">Of which table.</param>
/// <param name="Kind">"table", "column", "constraint", "index", "trigger", "function", "rule", "policy", "child table" or "namesake".</param>
/// <param name="Name">Within the table.</param>
/// <param name="Definition">On one line, in the database's own words.</param>
internal sealed record SchemaObject(string Table, string Kind, string Name, string Definition)
{
    public const string TableKind = "table";

    /// <summary>As a line of the list of what is expected.</summary>
    public string ToLine() => string.Join('\t', Table, Kind, Name, Definition);

    public static SchemaObject Parse(string line) => line.Split('\t') is [var table, var kind, var name, var definition]
        ? new SchemaObject(table, kind, name, definition)
        : throw new FormatException($"\"{line}\" is no line of an audit schema.");
}

/// <summary>Which tables the audit rests on, and what the migrations make of them.</summary>
internal static class ExpectedSchema
{
    /// <summary>Tables whose columns, constraints and indexes are compared. Triggers and rules are compared on all tables.</summary>
    public static readonly string[] Tables =
    [
        "AuditEntries", "AuditHeads", "AuditAnchors", "AuditSeals", "CheckpointKeys", "AuditVolumes", "AuditVolumeMarks", "InstanceFacts",
        "OnceRecords", "Tenants",
    ];

    /// <summary>
    /// What a database of this version has, as a test read it from one that the migrations made; null where nothing is compared.
    /// </summary>
    public static IReadOnlyList<SchemaObject>? Of(DatabaseProvider provider)
    {
        if (FileOf(provider) is not { } file)
            return null;
        using var stream = typeof(ExpectedSchema).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SchemaObject.Parse)];
    }

    /// <summary>The file with the list, beside this one.</summary>
    public static string? FileOf(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => "AuditSchema.sqlite.txt",
        DatabaseProvider.PostgreSql => "AuditSchema.postgresql.txt",
        DatabaseProvider.SqlServer => null,
    };
}
