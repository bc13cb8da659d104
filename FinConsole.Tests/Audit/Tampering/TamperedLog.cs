using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Onboarding;
using FinConsole.Core.ServiceTokens;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>
/// An installation in use: the operator's log, three tenants with logs of several lengths, one of them founded by the operator, a
/// checkpoint key, and a register.
/// </summary>
internal sealed record TamperedLog(CoreHost Core, TestTenant Long, TestTenant Short, Guid Founded, AuditCheckpoint Checkpoint)
{
    public const int LongSize = 40;
    public const string FoundedName = "Founded Ltd";

    /// <summary>The tables whose every row and column verification vouches for; of tenants, the columns that say who they are.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Tables = new Dictionary<string, string[]>
    {
        ["AuditEntries"] =
        [
            "TenantId", "Sequence", "At", "Action", "ActorKind", "ActorId", "ActorName", "Resource", "ResourceId", "ResourceName", "Result",
            "Ip", "UserAgent",
            "CorrelationId", "Metadata", "Link", "Tag",
        ],
        ["AuditHeads"] = ["TenantId", "Size", "Link", "Tag", "Epoch"],
        ["AuditAnchors"] = ["TenantId", "Number", "Name", "CreatedAt", "Size", "Link"],
        ["AuditSeals"] = ["Id", "Epoch", "Chains", "Keys", "Digest", "Tag"],
        ["CheckpointKeys"] = ["Id", "CreatedAt", "PublicKey", "PrivateKey"],
        ["Tenants"] = ["Id", "Name", "NameKey", "CreatedAt"],
    };

    public static async Task<TamperedLog> MakeAsync(CoreHost core)
    {
        Assert.True((await core.Get<AddServiceToken>().HandleAsync("Gateway", null, Stop)).Succeeded);
        var (longest, shorter) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        await core.AppendAsync(longest.Id, 25, Shape);
        await core.AppendAsync(shorter.Id, 12, Shape);
        Assert.True(await core.Get<AnchorChains>().RunAsync(Stop));
        var checkpoint = (await core.Get<MakeAuditCheckpoint>().HandleAsync(longest.Reviewer.Actor, Stop)).Value!;
        await core.AppendAsync(longest.Id, LongSize - 26, Shape);
        Assert.True((await core.Get<AddTenant>().HandleAsync(new AddTenantRequest(FoundedName, null, "ann@founded.example"), Stop))
            .Succeeded);
        await using var db = core.Db.OpenForOperator();
        var founded = await db.Set<Core.Tenants.Tenant>().SingleAsync(tenant => tenant.Name == FoundedName, Stop);
        return new TamperedLog(core, longest, shorter, founded.Id, checkpoint);
    }

    /// <summary>
    /// What verification of the whole installation reports of rows. That the tables lack their triggers, keys and types here is not what
    /// these tests look for.
    /// </summary>
    public async Task<List<ChainReport>> VerifyAsync(AuditCheckpoint? checkpoint = null, IServiceProvider? services = null)
    {
        var verify = (VerifyEveryChain)((services ?? Core.Services).GetService(typeof(VerifyEveryChain))!);
        return await verify.HandleAsync(checkpoint, Stop).Where(report => report.Verdict.Fault?.Kind != AuditFaultKind.SchemaAltered).ToListAsync(Stop);
    }

    /// <summary>Takes away what the database itself does against changes of the log.</summary>
    public async Task DropTriggersAsync() => await ExecuteAsync(
        Core.Provider == DatabaseProvider.PostgreSql
            ? """ALTER TABLE "AuditEntries" DISABLE TRIGGER ALL"""
            : """
              DROP TRIGGER IF EXISTS "AuditEntries_refuse_update";
              DROP TRIGGER IF EXISTS "AuditEntries_refuse_delete";
              DROP TRIGGER IF EXISTS "AuditEntries_refuse_gap";
              """);

    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var db = Core.Db.OpenForOperator();
        await db.Database.ExecuteSqlRawAsync(sql, parameters, Stop);
    }

    // Entries of several kinds: with and without what may be missing, in letters of one to four bytes.
    private static AuditShape Shape(long number) => new(
        Action: number % 2 == 0 ? AuditAction.TokenRotate : AuditAction.ProfileUpdate,
        Actor: number % 3 == 0 ? "ädmin@acme.example" : "Ann Example 🙂",
        ActorId: number % 4 == 0 ? new Guid("0190a000-0000-7000-8000-0000000000ab") : null,
        Resource: number % 2 == 0 ? AuditResource.Token : AuditResource.Member,
        ResourceId: number % 5 == 0 ? null : new Guid("0190a000-0000-7000-8000-0000000000cd"),
        ResourceName: $"Thing {number % 7}",
        Result: number % 6 == 0 ? AuditResult.Failure : AuditResult.Success,
        Ip: number % 4 == 1 ? null : "2001:db8::7",
        CorrelationId: $"c0ffee{number % 9}",
        Metadata: $$"""{"count":{{number}},"name":"Billing"}""");
}
