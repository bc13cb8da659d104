using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Tests.Audit;

/// <summary>Writes logs of any shape, with a valid chain, faster than the program would.</summary>
internal static class AuditLogs
{
    /// <summary>Appends entries as <paramref name="shape"/> describes them; the number is the entry's sequence.</summary>
    public static async Task AppendAsync(this CoreHost core, Guid tenantId, int count, Func<long, AuditShape> shape)
    {
        var chain = core.Get<AuditChain>();
        await using var db = core.Db.Open(tenantId);
        await using var transaction = await db.Database.BeginTransactionAsync(Stop);
        var head = await db.Set<AuditHead>().SingleAsync(Stop);
        for (var i = 0; i < count; i++)
        {
            var sequence = head.Size + 1;
            var entry = shape(sequence).ToEntry(tenantId, sequence, core.Time.GetUtcNow());
            entry.Link = AuditChain.LinkOf(head.Link, entry);
            entry.Tag = chain.TagOf(entry.Link);
            (head.Size, head.Link) = (sequence, entry.Link);
            db.Add(entry);
        }

        head.Tag = chain.TagOfHead(tenantId, head.Size, head.Link, head.Epoch);
        await db.SaveChangesAsync(Stop);
        await transaction.CommitAsync(Stop);
    }
}

/// <summary>What matters about an entry in a test; the rest is filled in.</summary>
internal sealed record AuditShape(
    AuditAction Action = AuditAction.ProfileUpdate, string Actor = "somebody@acme.example", Guid? ActorId = null, AuditResource Resource = AuditResource.Member, Guid? ResourceId = null,
    string ResourceName = "Something", AuditResult Result = AuditResult.Success, string? Ip = "203.0.113.7", string CorrelationId = "c0ffee", string Metadata = "{}", DateTimeOffset? At = null)
{
    public AuditEntry ToEntry(Guid tenantId, long sequence, DateTimeOffset now) => new()
    {
        TenantId = tenantId,
        Sequence = sequence,
        At = At ?? now,
        Action = Action,
        ActorKind = ActorKind.Account,
        ActorId = ActorId ?? Guid.Empty,
        ActorName = Actor,
        Resource = Resource,
        ResourceId = ResourceId,
        ResourceName = ResourceName,
        Result = Result,
        Ip = Ip,
        UserAgent = null,
        CorrelationId = CorrelationId,
        Metadata = Metadata,
    };
}
