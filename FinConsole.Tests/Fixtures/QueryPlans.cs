using System.Data.Common;
using System.Diagnostics;
using System.Text;
using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FinConsole.Tests.Fixtures;

/// <summary>A query as it went to the database, and how the database would carry it out.</summary>
public sealed record QueryPlan(string Sql, string Plan);

/// <summary>Records the queries that a test causes, and asks the database for the plan of each.</summary>
public static class QueryPlans
{
    private static readonly AsyncLocal<List<Recorded>?> Current = new();

    static QueryPlans() => DiagnosticListener.AllListeners.Subscribe(new ListenerObserver());

    /// <summary>The plans of the SELECTs of <paramref name="act"/>, in their order.</summary>
    public static async Task<IReadOnlyList<QueryPlan>> PlansOfAsync(this CoreHost core, Func<Task> act)
    {
        var recorded = Current.Value = [];
        await act();
        Current.Value = null;
        var plans = new List<QueryPlan>();
        await using var context = core.Db.OpenForOperator();
        await context.Database.OpenConnectionAsync();
        foreach (var query in recorded.Where(query => query.Sql.StartsWith("SELECT", StringComparison.Ordinal)))
            plans.Add(new QueryPlan(query.Sql, await ExplainAsync(context, query)));
        return plans;
    }

    /// <summary>Lets PostgreSQL look at what was filled in, as it does by itself now and then.</summary>
    public static async Task AnalyzeAsync(this CoreHost core)
    {
        await using var context = core.Db.OpenForOperator();
        await context.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    private static async Task<string> ExplainAsync(ConsoleDbContext context, Recorded query)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = (context.Dialect.Provider == DatabaseProvider.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + query.Sql;
        foreach (var (name, value) in query.Parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        var plan = new StringBuilder();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            plan.AppendLine(reader.GetString(reader.FieldCount - 1));
        return plan.ToString();
    }

    private sealed record Recorded(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);

    private sealed class ListenerObserver : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
                value.Subscribe(new CommandObserver(), (name, _, _) => name == RelationalEventId.CommandExecuting.Name);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class CommandObserver : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (Current.Value is { } list && value.Value is CommandEventData { Command: var command })
            {
                lock (list)
                    list.Add(new Recorded(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
