using System.Text.RegularExpressions;
using FinConsole.Core.Audit.Verification.Schema;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>
/// What verification asks of PostgreSQL's catalogues spells each name with its schema: whatever else bears the name must not be asked in its place.
/// </summary>
public sealed partial class QualifiedSqlTests
{
    // What SQL itself calls before a parenthesis, and what compares by an operator that it doesn't name.
    private static readonly string[] Keywords = ["AND", "ANY", "AS", "CASE", "ELSE", "EXISTS", "FROM", "NOT", "ON", "OR", "SELECT", "THEN", "WHEN", "WHERE", "JOIN", "ARRAY"];
    private static readonly string[] Comparing = ["IN", "NULLIF", "LIKE", "ILIKE", "SIMILAR", "BETWEEN", "DISTINCT FROM", "USING", "ALL (", "SOME", "CAST", "OVERLAPS"];

    public static TheoryData<string> Queries => [PostgreSqlSchema.Query, PostgreSqlNames.Overloads, PostgreSqlNames.Settings];

    [Theory]
    [MemberData(nameof(Queries))]
    public void Every_function_operator_type_and_table_is_spelled_with_its_schema(string query) => Assert.Empty(Unqualified(query));

    [Theory]
    [InlineData("SELECT concat_ws(' ', 'a')", "concat_ws(")]
    [InlineData("SELECT public.concat_ws('a')", "public.concat_ws(")]
    [InlineData("SELECT 'a'::text", "::text")]
    [InlineData("SELECT a OPERATOR(public.=) 1", "OPERATOR(public.=)")]
    [InlineData("SELECT a FROM pg_catalog.pg_class WHERE a = 1", "=")]
    [InlineData("SELECT a || 'b'", "||")]
    [InlineData("SELECT c.oid FROM pg_class c", "pg_class")]
    [InlineData("WITH mine AS (SELECT 1) SELECT FROM mine JOIN others ON true", "others")]
    [InlineData("SELECT CASE a WHEN 'O' THEN NULL END", "CASE a")]
    [InlineData("SELECT a IN ('b')", "IN")]
    [InlineData("SELECT NULLIF(a, 'b')", "NULLIF")]
    [InlineData("SELECT a BETWEEN 'b' AND 'c'", "BETWEEN")]
    [InlineData("SELECT a IS DISTINCT FROM b", "DISTINCT FROM")]
    [InlineData("SELECT a[1:2], @tables, every.*, count(*)", "count(")]
    public void What_is_not_spelled_so_is_found(string query, string found) => Assert.Contains(found, Unqualified(query));

    private static List<string> Unqualified(string query)
    {
        // Of literals nothing is called; line breaks are spaces.
        var sql = Blanks().Replace(Literals().Replace(query, "''"), " ");
        var own = CommonTables().Matches(sql).Select(match => match.Groups[1].Value).ToHashSet();
        var calls = Calls().Matches(sql).Select(match => match.Groups[1].Value)
            .Where(name => !Keywords.Contains(name) && !name.StartsWith("pg_catalog.", StringComparison.Ordinal) && name != "OPERATOR")
            .Where(name => name != "t" || !Aliases().IsMatch(sql)).Select(name => name + "(");
        var operators = Operators().Matches(NamedOperators().Replace(sql, " ")).Select(match => match.Value);
        var casts = Casts().Matches(sql).Select(match => match.Value).Where(cast => !cast.StartsWith("::pg_catalog.", StringComparison.Ordinal));
        var tables = Tables().Matches(sql).Select(match => match.Groups[1].Value).Where(name => !own.Contains(name) && !name.StartsWith("pg_catalog.", StringComparison.Ordinal));
        var comparing = Comparing.Where(word => Regex.IsMatch(sql, $@"(?<![\w.]){Regex.Escape(word)}(?!\w)"));
        return [.. calls, .. operators, .. casts, .. tables, .. comparing, .. ComparingCases().Matches(sql).Select(match => match.Value)];
    }

    [GeneratedRegex("'(?:[^']|'')*'")]
    private static partial Regex Literals();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    // What a query names for itself: WITH a AS (...), b AS (...).
    [GeneratedRegex(@"(?:WITH|,) (\w+) AS \(")]
    private static partial Regex CommonTables();

    [GeneratedRegex(@"((?:[\w""]+\.)*[\w""]+) ?\(")]
    private static partial Regex Calls();

    // The columns of a function in FROM.
    [GeneratedRegex(@"\) AS t\(")]
    private static partial Regex Aliases();

    [GeneratedRegex(@"OPERATOR\(pg_catalog\.[^\w\s()]+\)|::|(?<=\.)\*|@(?=\w)")]
    private static partial Regex NamedOperators();

    [GeneratedRegex(@"OPERATOR\([^)]*\)|[-+*/<>=~!@#%^&|`?]+")]
    private static partial Regex Operators();

    [GeneratedRegex(@"::[\w"".]+")]
    private static partial Regex Casts();

    [GeneratedRegex(@"(?:FROM|JOIN) ([\w"".]+)")]
    private static partial Regex Tables();

    [GeneratedRegex(@"CASE (?!WHEN\b)\S+")]
    private static partial Regex ComparingCases();
}
