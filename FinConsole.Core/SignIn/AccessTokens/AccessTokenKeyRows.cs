using System.Collections.Concurrent;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>
/// The keys that sign access tokens, as the database holds them. Rows that this installation did not write are left out: whoever can only
/// write to the database publishes no key.
/// </summary>
public sealed partial class AccessTokenKeyRows(ConsoleDb db, AccessTokenKeySeal seal, ILogger<AccessTokenKeyRows> logger) : ISealedRows
{
    private const string ReadRows = """SELECT "Id", "CreatedAt", "SignsFrom", "PublicKey", "PrivateKey", "Seal" FROM "AccessTokenKeys" """;

    // The table is read whenever an unknown key id comes: each stranger is told of once.
    private readonly ConcurrentDictionary<string, bool> _logged = [];

    /// <summary>What lists of findings call them.</summary>
    public string Name => ReservedNames.SigningKeys;

    /// <summary>This installation's keys, in the order in which they sign.</summary>
    internal async Task<IReadOnlyList<AccessTokenKey>> ReadAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        var rows = await context.ReadStoredAsync(ReadRows, [], Read, cancellationToken);
        foreach (var stranger in rows.Where(row => row.Key is null))
        {
            if (_logged.TryAdd(stranger.Name, true))
                LogIgnored(stranger.Name);
        }

        return [.. rows.Select(row => row.Key).OfType<AccessTokenKey>().OrderBy(key => key.SignsFrom)];
    }

    public async Task<IReadOnlyList<AuditFault>> FindFaultsAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var rows = await context.ReadStoredAsync(ReadRows, [], Read, cancellationToken);
        var strangers = rows.Where(row => row.Key is null);
        return [.. strangers.Select(row => new AuditFault(0, AuditFaultKind.SigningKeyForeign) { Detail = row.Name })];
    }

    private (string Name, AccessTokenKey? Key) Read(StoredRow row)
    {
        var id = row.Id(0);
        var name = row.Canonical ? id.ToString("D") : row.Raw(0);
        var key = new AccessTokenKey
        {
            Id = id,
            CreatedAt = row.Time(1),
            SignsFrom = row.Time(2),
            PublicKey = row.Bytes(3),
            PrivateKey = row.BytesOrNull(4),
            Seal = row.BytesOrNull(5),
        };
        return (name, row.Canonical && seal.IsOurs(key) ? key : null);
    }

    [LoggerMessage(
        Level = LogLevel.Error, Message = "Row {Id} of the table AccessTokenKeys was not written by this installation, and is ignored. Run \"audit verify\"")]
    private partial void LogIgnored(string id);
}
