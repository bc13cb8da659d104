using FinConsole.Core.Audit;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Tests.EncryptionKeys;
using FinConsole.Tests.Fixtures;
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
        await using (var db = core.Db.OpenForOperator())
            await db.GetService<IMigrator>().MigrateAsync("Initial", Stop);

        await core.Get<DatabaseMigration>().ApplyAsync(Stop);

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

    public sealed class OnSqlite(SqliteCore core) : UpgradeTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : UpgradeTests(core), IClassFixture<PostgreSqlCore>;
}
