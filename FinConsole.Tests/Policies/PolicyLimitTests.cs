using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Policies;

/// <summary>Each figure of the policy: its bounds, how it is kept, and what the log says of it.</summary>
public abstract class PolicyLimitTests(CoreHost core)
{
    private static readonly Dictionary<string, (int Least, int Most, Func<PolicySettings, int, PolicySettings> Set)> Figures = new()
    {
        ["DecryptOnlyHours"] = (0, 24, (policy, value) => policy with { DecryptOnlyHours = value }),
        ["SessionIdleMinutes"] = (5, 60, (policy, value) => policy with { Sessions = policy.Sessions with { IdleMinutes = value } }),
        ["SessionHours"] = (1, 24, (policy, value) => policy with { Sessions = policy.Sessions with { Hours = value } }),
        ["RiskMedium"] = (1, 59, (policy, value) => policy with { Risk = policy.Risk with { Medium = value } }),
        ["RiskHigh"] = (31, 100, (policy, value) => policy with { Risk = policy.Risk with { High = value } }),
        ["RiskWeights.NewCountry"] = (0, 100, (policy, value) => policy with { Risk = Weighing(RiskReasons.NewCountry, value) }),
        ["RotateDevelopmentDays"] = (1, 730, (policy, value) => policy with { Rotation = policy.Rotation with { DevelopmentDays = value } }),
        ["RotateStagingDays"] = (1, 730, (policy, value) => policy with { Rotation = policy.Rotation with { StagingDays = value } }),
        ["RotateProductionDays"] = (1, 730, (policy, value) => policy with { Rotation = policy.Rotation with { ProductionDays = value } }),
        ["RotateEncryptionKeyDays"] = (1, 730, (policy, value) => policy with { Rotation = policy.Rotation with { EncryptionKeyDays = value } }),
        ["LoginHistoryDays"] = (30, 3650, (policy, value) => policy with { LoginHistoryDays = value }),
    };

    public static TheoryData<string> Names => [.. Figures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Takes_and_keeps_both_bounds_and_refuses_what_lies_beyond_in_words(string name)
    {
        var tenant = await core.NewTenantAsync();
        var (least, most, set) = Figures[name];
        foreach (var good in new[] { least, most })
        {
            var before = await ReadAsync(tenant);
            Assert.True((await UpdateAsync(tenant, set(before.Settings, good), before.Version)).Succeeded, $"{good}");
            Assert.Equal(set(before.Settings, good), (await ReadAsync(tenant)).Settings);
        }

        foreach (var bad in new[] { least - 1, most + 1, int.MinValue, int.MaxValue })
        {
            // From the defaults: the bounds of one threshold are the other.
            var refused = (await UpdateAsync(tenant, set(PolicySettings.Default, bad), (await ReadAsync(tenant)).Version)).Error;
            Assert.Equal(ErrorKind.Invalid, refused?.Kind);
            Assert.Matches("hoose between [0-9]+ and [0-9]+ (minutes|hours|days|points)[.]$", Assert.Single(refused!.Fields).Value);
        }
    }

    [Fact]
    public async Task A_weight_that_is_missing_is_told_like_one_out_of_range()
    {
        var tenant = await core.NewTenantAsync();
        var without = RiskPolicy.Default with { Weights = RiskPolicy.Default.Weights.Remove(RiskReasons.NewDevice) };

        var refused = (await UpdateAsync(tenant, PolicySettings.Default with { Risk = without }, 0)).Error;

        Assert.Equal("RiskWeights.NewDevice", Assert.Single(refused!.Fields).Key);
    }

    [Fact]
    public async Task Everything_wrong_at_once_is_told_field_by_field()
    {
        var tenant = await core.NewTenantAsync();
        var wrong = PolicySettings.Default with { LoginHistoryDays = 0, Sessions = new SessionLimits(1, 25), Rotation = new RotationPolicy(0, 90, 731, 365) };

        var refused = (await UpdateAsync(tenant, wrong, 0)).Error;

        Assert.Equal(["LoginHistoryDays", "RotateDevelopmentDays", "RotateProductionDays", "SessionHours", "SessionIdleMinutes"], refused!.Fields.Keys.Order());
        Assert.Empty(await core.AuditAsync(tenant.Id));
    }

    [Fact]
    public async Task The_log_has_each_figure_before_and_after_and_of_the_weights_those_that_differ()
    {
        var tenant = await core.NewTenantAsync();
        var changed = PolicySettings.Default with
        {
            Sessions = new SessionLimits(15, 8),
            Risk = Weighing(RiskReasons.NewCountry, 40) with { Medium = 25, High = 70 },
            Rotation = new RotationPolicy(60, 61, 30, 180),
            LoginHistoryDays = 90,
        };

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => UpdateAsync(tenant, changed, 0)));

        Assert.Equal(AuditAction.PolicyUpdate, entry.Action);
        Assert.Equal(
            """{"sessions":0,"changes":{"sessionIdleMinutes":{"before":30,"after":15},"sessionHours":{"before":12,"after":8},"riskMedium":{"before":30,"after":25},"riskHigh":{"before":60,"after":70},"riskWeights":{"before":["NewCountry 25"],"after":["NewCountry 40"]},"rotateDevelopmentDays":{"before":180,"after":60},"rotateStagingDays":{"before":180,"after":61},"rotateProductionDays":{"before":90,"after":30},"rotateEncryptionKeyDays":{"before":365,"after":180},"loginHistoryDays":{"before":400,"after":90}}}""",
            entry.Metadata);
        Assert.Equal(changed, (await ReadAsync(tenant)).Settings);
    }

    private static RiskPolicy Weighing(RiskReasons reason, int weight) => RiskPolicy.Default with { Weights = RiskPolicy.Default.Weights.SetItem(reason, weight) };

    private async Task<PolicyView> ReadAsync(TestTenant tenant) => (await core.Get<GetPolicy>().HandleAsync(tenant.Admin.Actor, Stop)).Value!;

    private Task<Result> UpdateAsync(TestTenant tenant, PolicySettings settings, int version) => core.Get<UpdatePolicy>().HandleAsync(settings, version, tenant.Admin.Actor, Stop);

    public sealed class OnSqlite(SqliteCore core) : PolicyLimitTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : PolicyLimitTests(core), IClassFixture<PostgreSqlCore>;
}
