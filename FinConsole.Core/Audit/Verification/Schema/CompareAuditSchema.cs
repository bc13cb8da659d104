using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;

namespace FinConsole.Core.Audit.Verification.Schema;

/// <summary>
/// Holds the tables that the audit rests on against what the migrations make: an index that leaves rows out hides them from searches, a
/// trigger keeps entries out, and without the program's own triggers the log can be changed.
/// </summary>
public sealed class CompareAuditSchema(ConsoleDb db)
{
    /// <summary>What lists of findings call it.</summary>
    public const string Name = ReservedNames.Tables;

    // Only functions that triggers call are read, and a trigger that is gone or calls another one is told of itself.
    private const string FunctionKind = "function";

    // A table of the same name where the program does not find it.
    private const string NamesakeKind = "namesake";

    /// <summary>Whether there is anything to compare with: not on SQL Server.</summary>
    public bool Compares
    {
        get
        {
            using var context = db.OpenForOperator();
            return ExpectedSchema.FileOf(context.Dialect.Provider) is not null;
        }
    }

    /// <summary>
    /// On SQLite also whether indexes hold what their tables hold: a definition can be changed, and changed back, while the index stays what
    /// the other definition made of it. Reads each table and index once.
    /// </summary>
    /// <returns>Each difference; null where nothing is compared.</returns>
    public async Task<IReadOnlyList<AuditFault>?> HandleAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        if (ExpectedSchema.Of(context.Dialect.Provider) is not { } expected)
            return null;
        var found = new List<string>();
        // First: what it finds can mislead the queries that follow.
        if (context.Dialect.Provider == DatabaseProvider.PostgreSql)
            found.AddRange(await PostgreSqlNames.FindMisleadingAsync(context, cancellationToken));
        found.AddRange(Compare(expected, await ReadAsync(context, cancellationToken)));
        if (context.Dialect.Provider == DatabaseProvider.Sqlite)
        {
            found.AddRange(await SqliteSchema.FindForeignRowsAsync(context, cancellationToken));
            var contradictions = await SqliteSchema.FindContradictionsAsync(context, cancellationToken);
            found.AddRange(contradictions.Select(each => Texts.Format(AuditFaultTexts.SchemaContradiction, each.Table, each.Contradiction)));
        }

        return [.. found.Select(FaultOf)];
    }

    internal static Task<List<SchemaObject>> ReadAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        context.Dialect.Provider == DatabaseProvider.Sqlite
            ? SqliteSchema.ReadAsync(context, cancellationToken) : PostgreSqlSchema.ReadAsync(context, cancellationToken);

    private static AuditFault FaultOf(string detail) => new(0, AuditFaultKind.SchemaAltered) { Detail = detail };

    private static IEnumerable<string> Compare(IReadOnlyList<SchemaObject> expected, IReadOnlyList<SchemaObject> found)
    {
        var there = found.ToLookup(Key);
        // Of a table that is not there, or is none, the rest need not be told.
        var gone = expected.Where(each => each.Kind == SchemaObject.TableKind && there[Key(each)].All(other => other != each))
            .Select(each => each.Table).ToHashSet();
        foreach (var each in expected.Where(each => each.Kind == SchemaObject.TableKind || !gone.Contains(each.Table)))
        {
            var others = there[Key(each)].ToList();
            if (others.Count == 0 && each.Kind == FunctionKind)
                continue;
            if (others.Count == 0)
                yield return Missing(each);
            else if (others.Find(other => other != each) is { } other)
                yield return Changed(each, other);
        }

        var known = expected.Select(Key).ToHashSet();
        var extra = found.Where(each => !known.Contains(Key(each)));
        foreach (var each in extra.Where(each => each.Kind is "trigger" or "rule" or NamesakeKind || !gone.Contains(each.Table)))
            yield return Extra(each);
    }

    private static string Extra(SchemaObject each) => each.Kind == NamesakeKind
        ? Texts.Format(AuditFaultTexts.SchemaNamesake, each.Name, each.Table)
        : Texts.Format(AuditFaultTexts.SchemaExtra, each.Kind, each.Name, each.Table, each.Definition);

    private static string Missing(SchemaObject each) => each.Kind == SchemaObject.TableKind
        ? Texts.Format(AuditFaultTexts.SchemaTableMissing, each.Table)
        : Texts.Format(AuditFaultTexts.SchemaMissing, each.Kind, each.Name, each.Table);

    private static string Changed(SchemaObject each, SchemaObject found) => each.Kind == SchemaObject.TableKind
        ? Texts.Format(AuditFaultTexts.SchemaTableChanged, each.Table, found.Definition, each.Definition)
        : Texts.Format(AuditFaultTexts.SchemaChanged, each.Kind, each.Name, each.Table, found.Definition, each.Definition);

    private static (string Table, string Kind, string Name) Key(SchemaObject each) => (each.Table, each.Kind, each.Name);
}
