using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Onboarding;
using FinConsole.Core.SignIn;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Onboarding;

/// <summary>The first start. Each test has an empty database of its own.</summary>
public abstract class SetUpConsoleTests(CoreHost core) : IAsyncLifetime
{
    private static readonly OnboardTenantRequest Request = new("First Ltd", null, "Fay First", "fay@first.example", TestMember.Secret);

    public ValueTask InitializeAsync() => core.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return core.DisposeAsync();
    }

    [Fact]
    public async Task The_link_makes_the_first_tenant_and_admin_once()
    {
        var link = await IssueAsync();
        Assert.True(await core.Get<SetUpConsole>().IsUsableAsync(link, Stop));

        var made = await SetUpAsync(link);

        Assert.True(made.Succeeded, made.Error?.ToString());
        Assert.True((await core.Get<SignInWithPassword>().HandleAsync(Request.AdminEmail, TestMember.Secret, TestTenants.Origin, Stop)).Succeeded);
        Assert.False(await core.Get<SetUpConsole>().IsUsableAsync(link, Stop));
        Assert.Equal(SignInErrors.LinkUsedUp, (await SetUpAsync(link)).Error);
        Assert.Null(await core.Get<SetUpConsole>().IssueLinkAsync(Stop));
    }

    [Fact]
    public async Task It_lives_for_an_hour_and_a_restart_makes_another_and_kills_it()
    {
        var first = await IssueAsync();
        var second = await IssueAsync();
        Assert.False(await core.Get<SetUpConsole>().IsUsableAsync(first, Stop));
        Assert.Equal(SignInErrors.LinkUsedUp, (await SetUpAsync(first)).Error);

        core.Time.Advance(SetUpConsole.LinkLife - TimeSpan.FromTicks(1));
        Assert.True(await core.Get<SetUpConsole>().IsUsableAsync(second, Stop));
        core.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(SignInErrors.LinkUsedUp, (await SetUpAsync(second)).Error);
    }

    [Fact]
    public async Task A_tenant_made_otherwise_kills_it()
    {
        var link = await IssueAsync();

        Assert.True((await core.Get<AddTenant>().HandleAsync(new AddTenantRequest("Other", null, "boss@other.example"), Stop)).Succeeded);

        Assert.Equal(SignInErrors.LinkUsedUp, (await SetUpAsync(link)).Error);
        Assert.Single(await core.Get<ListTenants>().HandleAsync(Stop));
    }

    [Fact]
    public async Task What_is_refused_leaves_it_usable()
    {
        var link = await IssueAsync();

        Assert.Equal(["AdminEmail"], (await SetUpAsync(link, Request with { AdminEmail = "nope" })).Error?.Fields.Keys);
        Assert.Equal("weak_password", (await SetUpAsync(link, Request with { AdminPassword = new Secret("short") })).Error?.Code);
        Assert.True((await SetUpAsync(link)).Succeeded);
    }

    [Fact]
    public async Task Sixty_four_uses_at_once_make_one_tenant()
    {
        var link = await IssueAsync();
        // Primes of the real size would take a minute, and are not the subject.
        await using var instance = core.NewInstance(services => services.Configure<EncryptionKeyOptions>(options => options.Size = 1024));
        var setUp = instance.GetRequiredService<SetUpConsole>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Task.Run(() => setUp.HandleAsync(
            link, Request with { TenantName = $"Racer {number}", AdminEmail = $"racer{number}@first.example" }, TestTenants.Origin, Stop))));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Contains(answer.Error!.Code, (string[])["link_used_up", "busy"]));
        Assert.Single(await core.Get<ListTenants>().HandleAsync(Stop));
    }

    [Fact]
    public async Task Instances_that_start_at_once_leave_one_link_in_force()
    {
        var links = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(IssueAsync)));

        var usable = 0;
        foreach (var link in links)
            usable += await core.Get<SetUpConsole>().IsUsableAsync(link, Stop) ? 1 : 0;
        Assert.Equal(1, usable);
    }

    [Fact]
    public async Task Anything_else_is_no_link()
    {
        foreach (var before in new[] { true, false })
        {
            foreach (var text in NaughtyStrings.All.Values)
                Assert.Equal(SignInErrors.LinkUsedUp, (await SetUpAsync(new Secret(text))).Error);
            if (before)
                await IssueAsync();
        }
    }

    private async Task<Secret> IssueAsync()
    {
        var link = (await core.Get<SetUpConsole>().IssueLinkAsync(Stop))!.Reveal();
        Assert.StartsWith("https://console.example/setup?token=", link, StringComparison.Ordinal);
        return new Secret(link[^43..]);
    }

    private Task<Result<OnboardedTenant>> SetUpAsync(Secret link, OnboardTenantRequest? request = null) =>
        core.Get<SetUpConsole>().HandleAsync(link, request ?? Request, TestTenants.Origin, Stop);

    public sealed class OnSqlite() : SetUpConsoleTests(new SqliteCore());

    public sealed class OnPostgreSql() : SetUpConsoleTests(new PostgreSqlCore());
}
