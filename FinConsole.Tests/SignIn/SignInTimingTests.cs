using System.Diagnostics;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace FinConsole.Tests.SignIn;

/// <summary>security.md: the medians of every refusal lie within 10 % of each other over 200 tries each, at the real cost of a hash.</summary>
public sealed class SignInTimingTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private const int Tries = 200;
    private const double Tolerance = 0.10;

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_refusal_takes_as_long_whatever_its_reason()
    {
        var tenant = await core.NewTenantAsync();
        var hasher = new PasswordHasher<ConsoleUser>(Options.Create(new PasswordHasherOptions { IterationCount = SignInServices.PasswordIterations }));
        await using var instance = core.NewInstance(services => services.AddSingleton<IPasswordHasher<ConsoleUser>>(hasher));
        var hash = hasher.HashPassword(null!, TestMember.Password);
        await core.ChangeAsync(tenant.Admin, member => (member.PasswordHash, member.LockoutEnd) = (hash, null));
        await core.ChangeAsync(tenant.Developer, member => (member.PasswordHash, member.LockoutEnd) = (hash, Lockout.Never));
        await core.ChangeAsync(tenant.Reviewer, member => (member.PasswordHash, member.DeactivatedAt) = (hash, core.Time.GetUtcNow()));

        string[] accounts = [tenant.Admin.Email, "nobody@nowhere.example", tenant.Developer.Email, tenant.Reviewer.Email];
        var times = accounts.ToDictionary(account => account, _ => new List<double>());
        var signIn = instance.GetRequiredService<SignInWithPassword>();
        for (var round = 0; round <= Tries; round++)
        {
            // In turns, so that whatever else the machine does falls on all of them. The first round warms up.
            foreach (var account in accounts)
            {
                await core.ChangeAsync(tenant.Admin, member => (member.AccessFailedCount, member.LockoutEnd) = (0, null));
                var start = Stopwatch.GetTimestamp();
                var result = await signIn.HandleAsync(account, new Secret("certainly not it"), TestTenants.Origin, Stop);
                Assert.Equal("invalid_credentials", result.Error!.Code);
                if (round > 0)
                    times[account].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        var medians = times.Values.Select(list => list.Order().ElementAt(Tries / 2)).ToList();
        Assert.True(medians.Max() / medians.Min() <= 1 + Tolerance, $"Medians in ms: {string.Join(", ", medians.Select(each => each.ToString("F1", System.Globalization.CultureInfo.InvariantCulture)))}");
    }
}
