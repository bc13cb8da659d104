using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Profile;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Profile;

public abstract class UpdateProfileTests(CoreHost core)
{
    [Fact]
    public async Task Changes_name_time_zone_and_theme_with_one_entry()
    {
        var member = (await core.NewTenantAsync()).Cashier;

        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () =>
            Assert.True((await UpdateAsync(member, new ProfileChange("  Zoë\u0301 O'Neil ", "Europe/Berlin", ThemeChoice.Dark))).Succeeded)));

        var profile = (await core.Get<GetProfile>().HandleAsync(member.Actor, Stop)).Value!;
        Assert.Equal(("Zoë\u0301 O'Neil".Normalize(), "Europe/Berlin", ThemeChoice.Dark), (profile.Name, profile.TimeZone, profile.Theme));
        Assert.Equal(AuditAction.ProfileUpdate, entry.Action);
        Assert.Contains("\"timeZone\":{\"before\":null,\"after\":\"Europe/Berlin\"}", entry.Metadata, StringComparison.Ordinal);
        Assert.Equal(ChangeKind.Member, Assert.Single(await core.ChangesOfAsync(member.Id)).Kind);
    }

    [Fact]
    public async Task Changing_nothing_leaves_no_entry()
    {
        var member = (await core.NewTenantAsync()).Cashier;

        Assert.Empty(await core.AuditOfAsync(member.TenantId, async () =>
            Assert.True((await UpdateAsync(member, new ProfileChange(member.Name, null, ThemeChoice.System))).Succeeded)));
    }

    [Theory]
    [InlineData(80, true)]
    [InlineData(81, false)]
    public async Task Takes_names_up_to_the_limit(int length, bool accepted)
    {
        var member = (await core.NewTenantAsync()).Cashier;

        var answer = await UpdateAsync(member, new ProfileChange(new string('n', length), null, ThemeChoice.System));

        Assert.Equal(accepted, answer.Succeeded);
        Assert.Equal(accepted ? [] : ["Name"], answer.Error?.Fields.Keys ?? []);
    }

    [Fact]
    public async Task Refuses_a_theme_that_there_is_not()
    {
        var member = (await core.NewTenantAsync()).Cashier;

        Assert.Equal(["Theme"], (await UpdateAsync(member, new ProfileChange("Ann", null, (ThemeChoice)99))).Error?.Fields.Keys);
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Takes_anything_as_name_and_shows_it_unchanged_or_refuses_it(string name)
    {
        var text = NaughtyStrings.All[name];
        var member = (await core.NewTenantAsync()).Cashier;

        var answer = await UpdateAsync(member, new ProfileChange(text, null, ThemeChoice.System));

        var shown = (await core.Get<GetProfile>().HandleAsync(member.Actor, Stop)).Value!.Name;
        Assert.Equal(answer.Succeeded ? text.Trim().Normalize() : member.Name, shown);
        Assert.True(answer.Succeeded || answer.Error.Kind == ErrorKind.Invalid);
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Refuses_anything_else_than_a_time_zone(string name)
    {
        var member = (await core.NewTenantAsync()).Cashier;

        var answer = await UpdateAsync(member, new ProfileChange("Ann", NaughtyStrings.All[name], ThemeChoice.System));

        Assert.Equal(["TimeZone"], answer.Error?.Fields.Keys);
    }

    private Task<Result> UpdateAsync(TestMember member, ProfileChange change) => core.Get<UpdateProfile>().HandleAsync(change, member.Actor, Stop);

    public sealed class OnSqlite(SqliteCore core) : UpdateProfileTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : UpdateProfileTests(core), IClassFixture<PostgreSqlCore>;
}
