using System.Linq.Expressions;
using FinConsole.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FinConsole.Bench.Generating;

/// <summary>An entity's columns as the model maps them, so that bulk loading writes what the program would.</summary>
internal sealed class BulkColumns<T>
{
    private readonly (Func<T, object?> Read, Func<object?, object?>? Convert)[] _columns;

    public BulkColumns(ConsoleDbContext context)
    {
        var entity = context.Model.FindEntityType(typeof(T))!;
        Table = entity.GetTableName()!;
        var properties = entity.GetProperties().ToList();
        Names = [.. properties.Select(property => property.GetColumnName())];
        _columns = [.. properties.Select(property => (Reader(property), property.GetTypeMapping().Converter?.ConvertToProvider))];
    }

    public string Table { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The value as the database takes it; null for none.</summary>
    public object? Value(T row, int column)
    {
        var (read, convert) = _columns[column];
        var value = read(row);
        if (value is not null && convert is not null)
            value = convert(value);
        return value is Enum ? Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) : value;
    }

    /// <summary>Prepares one row's insert, and answers its parameters.</summary>
    public SqliteParameter[] PrepareInsert(SqliteCommand command)
    {
        command.CommandText = $"INSERT INTO \"{Table}\" ({string.Join(", ", Names.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", Names.Select(name => "@" + name))})";
        var parameters = Names.Select(name => command.Parameters.AddWithValue("@" + name, DBNull.Value)).ToArray();
        command.Prepare();
        return parameters;
    }

    /// <summary>Puts a row's values where the insert takes them from.</summary>
    public void Fill(SqliteParameter[] parameters, T row)
    {
        for (var column = 0; column < parameters.Length; column++)
            parameters[column].Value = Value(row, column) ?? DBNull.Value;
    }

    private static Func<T, object?> Reader(IProperty property)
    {
        var row = Expression.Parameter(typeof(T));
        return Expression.Lambda<Func<T, object?>>(Expression.Convert(Expression.Property(row, property.PropertyInfo!), typeof(object)), row).Compile();
    }
}
