using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace FinConsole.Core.Data;

/// <summary>
/// A row as the database holds it, not as the model would read it: SQLite keeps any type in any column, and reading by type converts in
/// silence. A value in another type or spelling than the program writes makes the row not <see cref="Canonical"/>.
/// </summary>
/// <param name="reader">On the row.</param>
/// <param name="provider">Whose types they are.</param>
internal sealed class StoredRow(DbDataReader reader, DatabaseProvider provider)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly bool _sqlite = provider == DatabaseProvider.Sqlite;

    /// <summary>False once a value was asked for that stands in a form in which the program writes none.</summary>
    public bool Canonical { get; private set; } = true;

    public void Begin() => Canonical = true;

    public long Long(int column) => !IsNull(column) && reader.GetFieldType(column) == typeof(long) ? reader.GetInt64(column) : Fault(0L);

    public int Int(int column)
    {
        if (!_sqlite)
            return !IsNull(column) && reader.GetFieldType(column) == typeof(int) ? reader.GetInt32(column) : Fault(0);
        var number = Long(column);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : Fault(0);
    }

    /// <summary>Ticks since 0001-01-01, UTC.</summary>
    public DateTimeOffset Time(int column)
    {
        var ticks = Long(column);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : Fault(DateTimeOffset.MinValue);
    }

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public Guid? IdOrNull(int column) => IsNull(column) ? null : Id(column);

    public Guid Id(int column)
    {
        if (!_sqlite)
            return !IsNull(column) && reader.GetFieldType(column) == typeof(Guid) ? reader.GetGuid(column) : Fault(Guid.Empty);
        var text = Text(column);
        Span<char> canonical = stackalloc char[36];
        if (!Guid.TryParseExact(text, "D", out var id) || !id.TryFormat(canonical, out _, "D"))
            return Fault(Guid.Empty);
        Span<char> upper = stackalloc char[36];
        ((ReadOnlySpan<char>)canonical).ToUpperInvariant(upper);
        return upper.SequenceEqual(text) ? id : Fault(Guid.Empty);
    }

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Every byte of it: SQLite's driver reads a text up to its first NUL, and replaces what is not UTF-8.</summary>
    public string Text(int column)
    {
        if (IsNull(column) || reader.GetFieldType(column) != typeof(string))
            return Fault("");
        if (!_sqlite)
            return reader.GetString(column);
        try
        {
            return Strict.GetString(reader.GetFieldValue<byte[]>(column));
        }
        catch (DecoderFallbackException)
        {
            return Fault("");
        }
    }

    /// <summary>
    /// What SQLite itself reads of its schema's texts: up to the first NUL, also where they are stored as bytes. Canonical is only text
    /// without one.
    /// </summary>
    public string TextUpToNul(int column)
    {
        if (IsNull(column) || (reader.GetFieldType(column) != typeof(string) && reader.GetFieldType(column) != typeof(byte[])))
            return Fault("");
        var bytes = reader.GetFieldValue<byte[]>(column);
        var end = Array.IndexOf(bytes, (byte)0);
        var text = Encoding.UTF8.GetString(bytes, 0, end < 0 ? bytes.Length : end);
        return end < 0 && text == Text(column) ? text : Fault(text);
    }

    public byte[] Bytes(int column) => !IsNull(column) && reader.GetFieldType(column) == typeof(byte[])
        ? reader.GetFieldValue<byte[]>(column) : Fault<byte[]>([]);

    public byte[]? BytesOrNull(int column) => IsNull(column) ? null : Bytes(column);

    /// <summary>Any value as text that two unlike values never share: its type and its content.</summary>
    public string Raw(int column)
    {
        if (IsNull(column))
            return "null";
        var type = reader.GetFieldType(column);
        if (type == typeof(byte[]))
            return "blob " + Convert.ToHexString(reader.GetFieldValue<byte[]>(column));
        if (type == typeof(string))
            return "text " + (_sqlite ? Convert.ToHexString(reader.GetFieldValue<byte[]>(column)) : reader.GetString(column));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{type.Name} {reader.GetValue(column)}");
    }

    private bool IsNull(int column) => reader.IsDBNull(column);

    private T Fault<T>(T none)
    {
        Canonical = false;
        return none;
    }
}

/// <summary>Reads rows as they are stored.</summary>
internal static class StoredRows
{
    /// <param name="context">On whose connection, and in whose transaction.</param>
    /// <param name="sql">With names in double quotes and parameters as <c>@name</c>.</param>
    /// <param name="parameters">By name.</param>
    /// <param name="read">Makes an item of a row.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public static async Task<List<T>> ReadStoredAsync<T>(
        this ConsoleDbContext context, string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<StoredRow, T> read,
        CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var row = new StoredRow(reader, context.Dialect.Provider);
            while (await reader.ReadAsync(cancellationToken))
            {
                row.Begin();
                rows.Add(read(row));
            }

            return rows;
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }
}
