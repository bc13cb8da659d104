using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Tests.Audit;

/// <summary>Logs of very many entries, on SQLite, with a valid chain: one prepared statement, one transaction.</summary>
internal static class AuditBulk
{
    private static readonly string[] Columns =
    [
        "TenantId", "Sequence", "At", "Action", "ActorKind", "ActorId", "ActorName", "Resource", "ResourceId", "ResourceName", "Result", "Ip", "UserAgent", "CorrelationId", "Metadata", "Link", "Tag",
    ];

    public static async Task AppendInBulkAsync(this CoreHost core, Guid tenantId, int count, Func<long, AuditShape> shape)
    {
        var chain = core.Get<AuditChain>();
        AuditHead head;
        await using (var db = core.Db.Open(tenantId))
            head = await db.Set<AuditHead>().AsNoTracking().SingleAsync(Stop);
        await using (var connection = new SqliteConnection(core.ConnectionString))
        {
            await connection.OpenAsync(Stop);
            await using var transaction = connection.BeginTransaction();
            await using var insert = connection.CreateCommand();
            insert.CommandText = $"INSERT INTO \"AuditEntries\" ({string.Join(", ", Columns.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", Columns.Select(name => "@" + name))})";
            foreach (var name in Columns)
                insert.Parameters.Add(new SqliteParameter("@" + name, null));
            for (var i = 0; i < count; i++)
                Insert(insert, chain, head, shape(head.Size + 1).ToEntry(tenantId, head.Size + 1, core.Time.GetUtcNow()));
            await transaction.CommitAsync(Stop);
        }

        await using var context = core.Db.Open(tenantId);
        var tag = chain.TagOfHead(tenantId, head.Size, head.Link, head.Epoch);
        await context.Set<AuditHead>().ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Size, head.Size).SetProperty(row => row.Link, head.Link).SetProperty(row => row.Tag, tag), Stop);
    }

    private static void Insert(SqliteCommand insert, AuditChain chain, AuditHead head, AuditEntry entry)
    {
        var link = AuditChain.LinkOf(head.Link, entry);
        (head.Size, head.Link) = (entry.Sequence, link);
        object?[] values =
        [
            entry.TenantId, entry.Sequence, entry.At.UtcTicks, (int)entry.Action, (int)entry.ActorKind, entry.ActorId, entry.ActorName, (int)entry.Resource,
            entry.ResourceId, entry.ResourceName, (int)entry.Result, entry.Ip, entry.UserAgent, entry.CorrelationId, entry.Metadata, link, chain.TagOf(link),
        ];
        for (var i = 0; i < values.Length; i++)
            insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        insert.ExecuteNonQuery();
    }
}
