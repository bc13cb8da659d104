using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

/// <summary>A database for each test: there is one set of keys, and what time does to it is the subject.</summary>
public abstract class SigningKeysTests<TCore> : IAsyncLifetime
    where TCore : CoreHost, new()
{
    private readonly TCore _core = new();

    public ValueTask InitializeAsync() => _core.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _core.DisposeAsync();
    }

    [Fact]
    public async Task The_next_key_is_published_two_days_before_it_signs_and_the_old_one_until_its_last_token_is_over()
    {
        var member = (await _core.NewTenantAsync()).Developer;
        Assert.True(await RotateAsync());
        Assert.False(await RotateAsync());
        var first = Assert.Single(await PublishedAsync());
        _core.Time.Advance(TimeSpan.FromDays(28) - TimeSpan.FromSeconds(1));
        Assert.False(await RotateAsync());
        _core.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await RotateAsync());
        Assert.False(await RotateAsync());

        var both = await PublishedAsync();
        Assert.Equal((2, first), (both.Count, both[0]));
        _core.Time.Advance(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        var last = await _core.SignInProgramAsync(member);
        Assert.Equal(first, KeyOf(last));
        _core.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(both[1], KeyOf(await _core.SignInProgramAsync(member)));
        await RotateAsync();
        Assert.Null(Assert.Single(await RowsAsync(), row => row.Id.ToString() == first).PrivateKey);
        _core.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.True((await _core.TryVerifyAsync(last.AccessToken)).Succeeded);
        _core.Time.Advance(TimeSpan.FromHours(2));
        await RotateAsync();
        Assert.Equal([both[1]], await PublishedAsync());
    }

    [Fact]
    public async Task A_good_token_is_good_for_all_who_bring_it_first_at_one_moment()
    {
        var member = (await _core.NewTenantAsync()).Developer;
        var token = (await _core.SignInProgramAsync(member)).AccessToken.Reveal();
        for (var round = 0; round < 10; round++)
        {
            await using var fresh = _core.NewInstance();
            var verifier = fresh.GetRequiredService<AccessTokenVerifier>();

            var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => verifier.VerifyAsync(token, Stop), Stop)));

            Assert.All(answers, answer => Assert.True(answer.Succeeded, answer.Error?.Code));
        }
    }

    [Fact]
    public async Task A_program_that_was_off_for_months_signs_with_a_new_key_at_once()
    {
        var member = (await _core.NewTenantAsync()).Developer;
        var old = KeyOf(await _core.SignInProgramAsync(member));
        _core.Time.Advance(TimeSpan.FromDays(90));

        var access = await _core.SignInProgramAsync(member);

        Assert.NotEqual(old, KeyOf(access));
        Assert.True((await _core.TryVerifyAsync(access.AccessToken)).Succeeded);
        Assert.False(await RotateAsync());
    }

    [Fact]
    public async Task However_many_rotate_at_once_there_is_one_next_key()
    {
        await RotateAsync();
        _core.Time.Advance(TimeSpan.FromDays(29));

        await MfaSteps.AtOnceAsync(16, RotateAsync);

        Assert.Equal(2, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Another_instance_finds_a_key_that_it_has_not_seen_yet()
    {
        var member = (await _core.NewTenantAsync()).Developer;
        await using var other = _core.NewInstance();
        await other.GetRequiredService<SigningKeys>().RotateAsync(Stop);
        Assert.Single(await other.GetRequiredService<PublishedKeys>().ListAsync(Stop));
        _core.Time.Advance(TimeSpan.FromDays(90));

        var access = await _core.SignInProgramAsync(member);

        Assert.True((await other.GetRequiredService<AccessTokenVerifier>().VerifyAsync(access.AccessToken.Reveal(), Stop)).Succeeded);
    }

    [Fact]
    public async Task The_private_part_is_not_in_the_database_in_clear()
    {
        await RotateAsync();
        await using var thief = _core.NewThief();

        await Assert.ThrowsAnyAsync<Exception>(() => thief.GetRequiredService<SigningKeys>().OpenAsync(Stop));
    }

    private Task<bool> RotateAsync() => _core.Get<SigningKeys>().RotateAsync(Stop);

    private async Task<List<string>> PublishedAsync() => [.. (await _core.Get<PublishedKeys>().ListAsync(Stop)).Select(key => key.Kid)];

    private static string KeyOf(IssuedAccess access) => AccessSteps.Part(access.AccessToken, 0)["kid"]!.GetValue<string>();

    private async Task<List<AccessTokenKey>> RowsAsync()
    {
        await using var db = _core.Db.OpenForOperator();
        return await db.Set<AccessTokenKey>().AsNoTracking().ToListAsync(Stop);
    }
}

public sealed class SigningKeysOnSqliteTests : SigningKeysTests<SqliteCore>;

public sealed class SigningKeysOnPostgreSqlTests : SigningKeysTests<PostgreSqlCore>;
