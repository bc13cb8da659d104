using FinConsole.Core.Data;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>Statements that change one thing in a table of the log, drawn by dice.</summary>
internal static class LogMutations
{
    // {0} is the column. Some change nothing, or nothing in some columns: the test looks at what is stored afterwards.
    private static readonly string[] OfSqlite =
    [
        "CAST({0} AS BLOB)", "CAST({0} AS TEXT)", "CAST({0} AS REAL)", "CAST({0} AS INTEGER)", "CAST(CAST({0} AS BLOB) AS TEXT)",
        "lower({0})", "upper({0})", "{0} || ' '",
        "' ' || {0}", "{0} || char(0)", "{0} || char(0) || 'x'", "char(65279) || {0}", "replace({0}, '-', '')", "replace({0}, ':', ': ')",
        "replace({0}, '0', 'O')",
        "'{{' || {0} || '}}'", "NULL", "''", "x''", "0", "1", "-1", "0.5", "{0} + 1", "{0} - 1", "{0} + 0.5", "{0} * 1.0", "-{0}",
        "{0} + 4294967296", "9223372036854775807",
        "-9223372036854775808", "1e300", "x'0102'", "CAST(x'ff' AS TEXT)", "CAST(x'efbfbd' AS TEXT)", "zeroblob(32)", "hex({0})",
        "substr({0}, 2)", "substr({0}, 1, length({0}) - 1)", "{0} || {0}",
        "trim({0})", "'00' || {0}", "{0} || '.0'", "(SELECT {0} FROM {1} ORDER BY rowid LIMIT 1)",
        "(SELECT {0} FROM {1} ORDER BY rowid DESC LIMIT 1)", "{0}",
    ];

    private static readonly string[] OfNumbers = ["{0} + 1", "{0} - 1", "-{0}", "0", "1", "-1", "NULL", "2147483647", "{0} * 2", "{0}"];

    private static readonly string[] OfIds =
    [
        "NULL", "'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'", "gen_random_uuid()",
        "(SELECT {0} FROM {1} ORDER BY ctid LIMIT 1)",
        "(SELECT {0} FROM {1} ORDER BY ctid DESC LIMIT 1)", "upper({0}::text)::uuid", "{0}",
    ];

    private static readonly string[] OfTexts =
    [
        "NULL", "''", "lower({0})", "upper({0})", "{0} || ' '", "' ' || {0}", "chr(65279) || {0}", "replace({0}, ':', ': ')",
        "reverse({0})", "substr({0}, 2)", "normalize({0}, NFD)",
        "trim({0})", "replace({0}, '\"', '''')", "(SELECT {0} FROM {1} ORDER BY ctid LIMIT 1)", "{0}",
    ];

    private static readonly string[] OfBytes =
    [
        "NULL", "'\\x'::bytea", "substring({0} from 2)", "{0} || '\\x00'::bytea", "sha256({0})", "set_bit({0}, 7, 1 - get_bit({0}, 7))",
        "(SELECT {0} FROM {1} ORDER BY ctid LIMIT 1)",
        "decode(repeat('00', 32), 'hex')", "{0}",
    ];

    private static readonly string[] Names = [.. TamperedLog.Tables.Keys];

    public static string Draw(Random dice, DatabaseProvider provider)
    {
        var row = provider == DatabaseProvider.Sqlite ? "rowid" : "ctid";
        // Most of it is entries.
        var table = dice.Next(10) < 6 ? "AuditEntries" : Names[dice.Next(Names.Length)];
        var columns = TamperedLog.Tables[table];
        var (column, quoted) = (columns[dice.Next(columns.Length)], $"\"{table}\"");
        var one = Row(dice, quoted, row);
        return dice.Next(14) switch
        {
            0 => $"DELETE FROM {quoted} WHERE {row} = {one}",
            1 => $"INSERT INTO {quoted} SELECT * FROM {quoted} WHERE {row} = {one}",
            2 => Forge(dice, table, column, provider, one),
            3 => Swap(table, column, row, one, Row(dice, quoted, row)),
            4 => Erase(dice),
            5 when table == "AuditEntries" => Renumber(dice, provider, one),
            _ => $"UPDATE {quoted} SET \"{column}\" = {Value(dice, table, column, provider)} WHERE {row} = {one}",
        };
    }

    private static string Row(Random dice, string table, string row) =>
        $"(SELECT {row} FROM {table} ORDER BY {row} LIMIT 1 OFFSET {dice.Next(70)} % (SELECT COUNT(*) FROM {table}))";

    private static string Value(Random dice, string table, string column, DatabaseProvider provider)
    {
        var choices = provider == DatabaseProvider.Sqlite ? OfSqlite : column switch
        {
            "TenantId" or "ActorId" or "ResourceId" => OfIds,
            "Id" when table != "AuditSeals" => OfIds,
            "Link" or "Tag" or "Digest" or "PublicKey" or "PrivateKey" => OfBytes,
            "ActorName" or "ResourceName" or "Ip" or "UserAgent" or "CorrelationId" or "Metadata" or "Name" or "NameKey" => OfTexts,
            _ => OfNumbers,
        };
        return string.Format(System.Globalization.CultureInfo.InvariantCulture, choices[dice.Next(choices.Length)], $"\"{column}\"",
            $"\"{table}\"");
    }

    // A copy of a row with another value in one column.
    private static string Forge(Random dice, string table, string column, DatabaseProvider provider, string one)
    {
        // Where a table has more columns than those that are covered, its rows are only copied.
        if (table == "Tenants")
            return $"DELETE FROM \"Tenants\" WHERE \"Name\" = '{TamperedLog.FoundedName}'";
        var row = provider == DatabaseProvider.Sqlite ? "rowid" : "ctid";
        var values = TamperedLog.Tables[table].Select(each => each == column ? Value(dice, table, column, provider) : $"\"{each}\"");
        return $"INSERT INTO \"{table}\" ({string.Join(", ", TamperedLog.Tables[table].Select(each => $"\"{each}\""))}) SELECT {string.Join(
            ", ", values)} FROM \"{table}\" WHERE {row} = {one}";
    }

    private static string Swap(string table, string column, string row, string one, string other) =>
        $"UPDATE \"{table}\" SET \"{column}\" = CASE WHEN {row} = {one} THEN (SELECT \"{column}\" FROM \"{table}\" WHERE {row} = {other}) "
        + $"ELSE (SELECT \"{column}\" FROM \"{table}\" WHERE {row} = {one}) END WHERE {row} IN ({one}, {other})";

    private static string Erase(Random dice)
    {
        var tenant = $"(SELECT \"TenantId\" FROM \"AuditAnchors\" ORDER BY \"Number\" LIMIT 1 OFFSET {dice.Next(4)})";
        string[] erasures =
        [
            $"DELETE FROM \"AuditEntries\" WHERE \"TenantId\" = {tenant}",
            $"DELETE FROM \"AuditEntries\" WHERE \"TenantId\" = {tenant}; DELETE FROM \"AuditHeads\" WHERE \"TenantId\" = {tenant}",
            $"DELETE FROM \"AuditEntries\" WHERE \"TenantId\" = {tenant} AND \"Sequence\" > {dice.Next(1, 12)}",
            $"DELETE FROM \"AuditHeads\" WHERE \"TenantId\" = {tenant}; DELETE FROM \"Tenants\" WHERE \"Id\" = {tenant}; DELETE FROM \"AuditEntries\" WHERE \"TenantId\" = {tenant}; "
                + $"DELETE FROM \"AuditAnchors\" WHERE \"TenantId\" = {tenant}",
            "DELETE FROM \"AuditSeals\"",
            "DELETE FROM \"AuditAnchors\"; DELETE FROM \"AuditSeals\"",
            "DELETE FROM \"AuditEntries\"; DELETE FROM \"AuditHeads\"",
            $"UPDATE \"AuditEntries\" SET \"Sequence\" = \"Sequence\" + 1000 WHERE \"TenantId\" = {tenant} AND \"Sequence\" > {dice.Next(0, 12)}",
        ];
        return erasures[dice.Next(erasures.Length)];
    }

    private static string Renumber(Random dice, DatabaseProvider provider, string one)
    {
        string[] numbers = provider == DatabaseProvider.Sqlite
            ? ["0", "-3", "1.5", "7.5", "1e300", "'x'", "x'31'", "'7'", "41", "1000000", "NULL", "2000", "1", "\"Sequence\" + 1",
            "CAST(\"Sequence\" AS TEXT)", "CAST(\"Sequence\" AS REAL)"]
            : ["0", "-3", "41", "1000000", "NULL", "2000", "1", "\"Sequence\" + 1"];
        return $"UPDATE \"AuditEntries\" SET \"Sequence\" = {numbers[dice.Next(numbers.Length)]} WHERE {(provider == DatabaseProvider.Sqlite ? "rowid" : "ctid")} = {one}";
    }
}
