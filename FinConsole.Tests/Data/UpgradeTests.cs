using FinConsole.Core.Access;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Checklist;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.Policies;
using FinConsole.Core.SavedViews;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.Tenants;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Audit;
using FinConsole.Tests.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace FinConsole.Tests.Data;

/// <summary>A database with people and keys in it, as the first release left it, brought up to this program.</summary>
public abstract class UpgradeTests(CoreHost core)
{
    [Fact]
    public async Task Everything_of_the_first_release_is_there_and_works()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.Get<Core.Profile.UpdateProfile>().HandleAsync(new Core.Profile.ProfileChange("Somebody Else", null, Core.Members.ThemeChoice.Dark), tenant.Developer.Actor, Stop);
        await OldRelease.SetBackAsync(core, "Initial");

        await UpgradeAsync();

        var session = (await core.Get<CheckSession>().FindAsync(tenant.Id, tenant.Developer.Actor.SessionId!.Value, Stop))!;
        Assert.Equal(("Somebody Else", false), (session.Name, session.MfaDue));
        Assert.NotNull((await core.Get<SignInWithPassword>().HandleAsync(tenant.Admin.Email, TestMember.Secret, TestTenants.Origin, Stop)).Value?.Session);
        var key = (await core.Get<GetEncryptionKey>().HandleAsync(tenant.Developer.Actor, Stop)).Value!;
        // Nobody knows when a session from before last showed who it is.
        var rotated = await core.Get<RotateEncryptionKey>().HandleAsync(new RotateEncryptionKeyRequest(key.KeyId, RotationReason.Scheduled), tenant.Developer.Actor, Stop);
        Assert.Equal(AccessErrors.ConfirmationNeeded, rotated.Error);
        Assert.Equal(PolicySettings.Default, (await core.Get<GetPolicy>().HandleAsync(tenant.Admin.Actor, Stop)).Value!.Settings);
        Assert.True((await core.Get<ChainVerifier>().VerifyAsync(tenant.Id, null, null, Stop)).Intact);
    }

    [Fact]
    public async Task Every_log_is_carried_over_into_the_register_once_and_named_in_the_operator_s()
    {
        var (one, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        await core.AppendAsync(one.Id, 7, _ => new AuditShape());
        await core.AppendAsync(other.Id, 5, _ => new AuditShape());
        await using (var db = core.Db.Open(other.Id))
            await db.Set<AuditHead>().ExecuteUpdateAsync(set => set.SetProperty(head => head.Size, 4), Stop);
        await OldRelease.SetBackAsync(core, "HttpApi");
        await using (var db = core.Db.Open(other.Id))
            await db.Database.ExecuteSqlRawAsync("UPDATE \"AuditHeads\" SET \"Size\" = 5 WHERE \"TenantId\" = {0}", [other.Id], Stop);

        await UpgradeAsync();
        var before = await core.AuditAsync(Tenant.Operator);
        await UpgradeAsync();

        Assert.Equal(before.Count, (await core.AuditAsync(Tenant.Operator)).Count);
        Assert.Contains(before, entry => entry.Action == AuditAction.AuditRegister && entry.ResourceId == one.Id && entry.ResourceName == one.Name);
        Assert.True((await core.Get<ChainVerifier>().VerifyAsync(one.Id, null, null, Stop)).Intact);
        Assert.True((await core.Get<ChainVerifier>().VerifyAsync(Tenant.Operator, null, null, Stop)).Intact);
        // An end that nobody could vouch for is not made good by the upgrade.
        Assert.Equal(AuditFaultKind.HeadForged, (await core.Get<ChainVerifier>().VerifyAsync(other.Id, null, null, Stop)).Fault?.Kind);
        await using var register = core.Db.OpenForOperator();
        Assert.Equal((7, 0), (await SizeAsync(register, one.Id), await SizeAsync(register, other.Id)));
    }

    [Fact]
    public async Task Clients_that_were_seen_to_pad_with_mgf1_sha1_are_carried_over_with_their_digests()
    {
        var tenant = await core.NewTenantAsync();
        var now = core.Time.GetUtcNow();
        await using (var db = core.Db.OpenForOperator())
        {
            await db.GetService<IMigrator>().MigrateAsync("AuditRegister", Stop);
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO \"Mgf1Clients\" (\"TenantId\", \"Name\", \"FirstSeenAt\", \"LastSeenAt\", \"Fields\") VALUES ({0}, {1}, {2}, {2}, {3})",
                [tenant.Id, "java-http/17", now.UtcTicks, 7], Stop);
        }

        await UpgradeAsync();

        var client = Assert.Single((await core.Get<ListOaepClients>().HandleAsync(tenant.Developer.Actor, Stop)).Value!);
        Assert.Equal(
            new OaepClientRow(OaepSender.Member, "java-http/17", null, null, OaepDigests.Mgf1Sha1, Decrypted: false, now, now, 7), client);
    }

    [Fact]
    public async Task First_steps_are_shown_to_tenants_without_tokens_alone()
    {
        var (old, young) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        await core.MakeTokenAsync(old);
        await using (var db = core.Db.OpenForOperator())
            await db.GetService<IMigrator>().MigrateAsync("EncryptedSecrets", Stop);

        await UpgradeAsync();

        Assert.True((await core.Get<GetSetupChecklist>().HandleAsync(await core.NewSessionAsync(old.Admin), Stop)).Value!.Dismissed);
        Assert.False((await core.Get<GetSetupChecklist>().HandleAsync(await core.NewSessionAsync(young.Admin), Stop)).Value!.Dismissed);
    }

    [Fact]
    public async Task Views_can_be_saved_in_a_database_from_before_there_were_any()
    {
        var tenant = await core.NewTenantAsync();
        await using (var db = core.Db.OpenForOperator())
            await db.GetService<IMigrator>().MigrateAsync("SetupChecklist", Stop);

        await UpgradeAsync();

        var request = new SaveViewRequest(SavedViewList.AuditLog, "Failures", "q=result:failure", Shared: false);
        var reviewer = await core.NewSessionAsync(tenant.Reviewer);
        Assert.True((await core.Get<SaveView>().HandleAsync(request, reviewer, Stop)).Succeeded);
        Assert.Equal("Failures", Assert.Single((await core.Get<ListSavedViews>().HandleAsync(SavedViewList.AuditLog, reviewer, Stop)).Value!).Name);
    }

    private static Task<long> SizeAsync(ConsoleDbContext db, Guid tenantId) =>
        db.Set<AuditAnchor>().Where(anchor => anchor.TenantId == tenantId).Select(anchor => anchor.Size).SingleAsync(Stop);

    private async Task UpgradeAsync()
    {
        await core.Get<DatabaseMigration>().ApplyAsync(Stop);
        await core.Get<OperatorChain>().EnsureAsync(Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : UpgradeTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : UpgradeTests(core), IClassFixture<PostgreSqlCore>;
}
