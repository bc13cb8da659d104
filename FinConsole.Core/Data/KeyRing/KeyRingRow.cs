using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace FinConsole.Core.Data.KeyRing;

/// <summary>A row of the key ring as it is stored, which need not be one that the model could read.</summary>
/// <param name="Id">The row's.</param>
/// <param name="Xml">Empty where it is no text.</param>
internal sealed record KeyRingRow(int Id, string Xml)
{
    private const string ReadRows = """SELECT "Id", "Xml" FROM "KeyRing" ORDER BY "Id" """;

    /// <summary>All rows. Data Protection reads its ring synchronously.</summary>
    public static List<KeyRingRow> Read(ConsoleDbContext context)
    {
        context.Database.OpenConnection();
        try
        {
            using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = ReadRows;
            command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
            using var reader = command.ExecuteReader();
            var row = new StoredRow(reader, context.Dialect.Provider);
            var rows = new List<KeyRingRow>();
            while (reader.Read())
                rows.Add(Of(row));
            return rows;
        }
        finally
        {
            context.Database.CloseConnection();
        }
    }

    /// <summary>All rows.</summary>
    public static Task<List<KeyRingRow>> ReadAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        context.ReadStoredAsync(ReadRows, [], Of, cancellationToken);

    private static KeyRingRow Of(StoredRow row) => new(row.Int(0), row.Text(1));
}
