using System.Buffers.Binary;
using System.Security.Cryptography;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FinConsole.Tests.Data;

/// <summary>Sets a database back to what an earlier release kept in it.</summary>
internal static class OldRelease
{
    /// <summary>
    /// The schema of that release, its note of the pepper, and the ends of logs as releases before the register tagged them.
    /// </summary>
    public static async Task SetBackAsync(CoreHost core, string migration)
    {
        var pepper = core.Get<Pepper>();
        await using var db = core.Db.OpenForOperator();
        foreach (var head in await db.Set<AuditHead>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).ToListAsync(Stop))
            (head.Tag, head.Epoch) = (TagOf(pepper, head), 0);
        await db.SaveChangesAsync(Stop);
        await db.Set<InstanceFact>().Where(fact => fact.Name == InstanceFact.PepperFingerprint)
            .ExecuteUpdateAsync(set => set.SetProperty(fact => fact.Value, pepper.FingerprintBeforeRegister), Stop);
        await db.GetService<IMigrator>().MigrateAsync(migration, Stop);
    }

    // "FCH1", the tenant, the size and the link, as the first release had it.
    private static byte[] TagOf(Pepper pepper, AuditHead head)
    {
        var bytes = new byte[4 + 16 + 8 + 32];
        "FCH1"u8.CopyTo(bytes);
        head.TenantId.TryWriteBytes(bytes.AsSpan(4), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(20), head.Size);
        head.Link.CopyTo(bytes, 28);
        return HMACSHA256.HashData(pepper.DeriveKey("audit tag v1"), bytes);
    }
}
