using System.Security.Cryptography;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

/// <summary>Somebody who can write to the database, and has neither pepper nor certificate, puts keys among those that verify access tokens.</summary>
public abstract class AccessTokenKeyStrangerTests(CoreHost core) : IAsyncLifetime
{
    private readonly ECDsa _stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ValueTask InitializeAsync() => core.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _stranger.Dispose();
        await core.DisposeAsync();
    }

    public enum Forgery
    {
        WithoutSeal,
        WithSomeSeal,
        WithTheSealOfOurs,
        WithThePrivatePartOfOurs,
        WithBoth,
        ThatWillSignForYears,
    }

    [Theory]
    [InlineData(Forgery.WithoutSeal)]
    [InlineData(Forgery.WithSomeSeal)]
    [InlineData(Forgery.WithTheSealOfOurs)]
    [InlineData(Forgery.WithThePrivatePartOfOurs)]
    [InlineData(Forgery.WithBoth)]
    [InlineData(Forgery.ThatWillSignForYears)]
    public async Task A_key_of_a_stranger_signs_for_nobody_is_not_published_and_is_reported(Forgery forgery)
    {
        var tenant = await core.NewTenantAsync();
        var access = await core.SignInProgramAsync(tenant.Admin);
        var ours = Assert.Single(await RowsAsync());
        var theirs = Make(forgery, ours);
        await InsertAsync(theirs);

        await using var restarted = core.NewInstance();

        Assert.False(await IsGoodAsync(restarted, Sign(theirs.Id, access)));
        Assert.Equal(ours.Id.ToString(), Assert.Single(await restarted.GetRequiredService<PublishedKeys>().ListAsync(Stop)).Kid);
        Assert.True(await IsGoodAsync(restarted, access.AccessToken.Reveal()));
        using (var key = await restarted.GetRequiredService<SigningKeys>().OpenAsync(Stop))
            Assert.Equal(ours.Id, key.Id);
        var fault = new AuditFault(0, AuditFaultKind.SigningKeyForeign) { Detail = theirs.Id.ToString() };
        var broken = (await core.Get<VerifyEveryChain>().HandleAsync(null, Stop).ToListAsync(Stop)).Where(report => !report.Verdict.Intact);
        Assert.Equal(new ChainReport("signingkeys", false, new AuditVerdict(0, fault)), Assert.Single(broken));
        Assert.Equal(fault, (await core.Get<VerifyAuditChain>().HandleAsync(null, tenant.Reviewer.Actor, null, Stop)).Value!.Fault);
        Assert.Contains(theirs.Id.ToString(), fault.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_key_is_made_in_time_whatever_a_stranger_put_after_it()
    {
        var ours = await MakeOursAsync();
        await InsertAsync(Make(Forgery.ThatWillSignForYears, ours));
        core.Time.Advance(TimeSpan.FromDays(29));

        Assert.True(await core.Get<SigningKeys>().RotateAsync(Stop));

        Assert.Equal(2, (await core.Get<PublishedKeys>().ListAsync(Stop)).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_of_ours_that_was_altered_verifies_nothing(bool publicPart)
    {
        var access = await core.SignInProgramAsync((await core.NewTenantAsync()).Developer);
        var id = (await RowsAsync()).Single().Id;
        var (stranger, later) = (_stranger.ExportSubjectPublicKeyInfo(), core.Time.GetUtcNow() + TimeSpan.FromMinutes(1));
        await using (var db = core.Db.OpenForOperator())
        {
            if (publicPart)
                await db.Set<AccessTokenKey>().ExecuteUpdateAsync(set => set.SetProperty(key => key.PublicKey, stranger), Stop);
            else
                await db.Set<AccessTokenKey>().ExecuteUpdateAsync(set => set.SetProperty(key => key.SignsFrom, later), Stop);
        }

        await using var restarted = core.NewInstance();

        Assert.False(await IsGoodAsync(restarted, Sign(id, access)));
        Assert.False(await IsGoodAsync(restarted, access.AccessToken.Reveal()));
        Assert.Single(await core.Get<AccessTokenKeyRows>().FindFaultsAsync(Stop));
        Assert.True((await core.SignInProgramAsync((await core.NewTenantAsync()).Developer)).AccessToken.Reveal().Length > 0);
    }

    [Fact]
    public async Task Keys_from_before_the_seals_go_on_verifying_and_are_sealed_while_their_private_part_proves_them()
    {
        var access = await core.SignInProgramAsync((await core.NewTenantAsync()).Developer);
        await UnsealAsync();
        await using var upgraded = core.NewInstance();
        Assert.True(await IsGoodAsync(upgraded, access.AccessToken.Reveal()));
        Assert.Empty(await core.Get<AccessTokenKeyRows>().FindFaultsAsync(Stop));

        await upgraded.GetRequiredService<SigningKeys>().RotateAsync(Stop);

        Assert.NotNull(Assert.Single(await RowsAsync()).Seal);
        await using (var db = core.Db.OpenForOperator())
            await db.Set<AccessTokenKey>().ExecuteUpdateAsync(set => set.SetProperty(key => key.PrivateKey, (byte[]?)null), Stop);
        await using var later = core.NewInstance();
        Assert.True(await IsGoodAsync(later, access.AccessToken.Reveal()));
    }

    [Fact]
    public async Task One_of_them_without_its_private_part_is_not_believed()
    {
        var access = await core.SignInProgramAsync((await core.NewTenantAsync()).Developer);
        await UnsealAsync();
        await using (var db = core.Db.OpenForOperator())
            await db.Set<AccessTokenKey>().ExecuteUpdateAsync(set => set.SetProperty(key => key.PrivateKey, (byte[]?)null), Stop);

        await using var upgraded = core.NewInstance();
        await upgraded.GetRequiredService<SigningKeys>().RotateAsync(Stop);

        Assert.False(await IsGoodAsync(upgraded, access.AccessToken.Reveal()));
        Assert.Single(await core.Get<AccessTokenKeyRows>().FindFaultsAsync(Stop));
    }

    private AccessTokenKey Make(Forgery forgery, AccessTokenKey ours) => new()
    {
        Id = Guid.NewGuid(),
        CreatedAt = ours.CreatedAt,
        SignsFrom = ours.SignsFrom + (forgery == Forgery.ThatWillSignForYears ? TimeSpan.FromDays(3650) : TimeSpan.FromTicks(-1)),
        PublicKey = _stranger.ExportSubjectPublicKeyInfo(),
        PrivateKey = forgery is Forgery.WithThePrivatePartOfOurs or Forgery.WithBoth ? ours.PrivateKey : null,
        Seal = forgery switch
        {
            Forgery.WithSomeSeal => new byte[32],
            Forgery.WithTheSealOfOurs or Forgery.WithBoth or Forgery.ThatWillSignForYears => ours.Seal,
            _ => null,
        },
    };

    private string Sign(Guid id, IssuedAccess victim)
    {
        var claims = AccessSteps.Part(victim.AccessToken, 1);
        Guid Id(string name) => Guid.Parse(claims[name]!.GetValue<string>());
        var session = new ProgramSessionId(Id("sid"), Id("sub"), Id("tid"));
        return core.Get<AccessTokenWriter>().Write(new SigningKey(id, _stranger), session, Role.TenantAdmin, core.Time.GetUtcNow()).Reveal();
    }

    private static async Task<bool> IsGoodAsync(IServiceProvider services, string jwt) =>
        (await services.GetRequiredService<AccessTokenVerifier>().VerifyAsync(jwt, Stop)).Succeeded;

    private async Task<AccessTokenKey> MakeOursAsync()
    {
        Assert.True(await core.Get<SigningKeys>().RotateAsync(Stop));
        return Assert.Single(await RowsAsync());
    }

    private async Task InsertAsync(AccessTokenKey key)
    {
        await using var db = core.Db.OpenForOperator();
        db.Add(key);
        await db.SaveChangesAsync(Stop);
    }

    private async Task UnsealAsync()
    {
        await using var db = core.Db.OpenForOperator();
        await db.Set<AccessTokenKey>().ExecuteUpdateAsync(set => set.SetProperty(key => key.Seal, (byte[]?)null), Stop);
    }

    private async Task<List<AccessTokenKey>> RowsAsync()
    {
        await using var db = core.Db.OpenForOperator();
        return await db.Set<AccessTokenKey>().AsNoTracking().ToListAsync(Stop);
    }

    public sealed class OnSqlite() : AccessTokenKeyStrangerTests(new SqliteCore());

    public sealed class OnPostgreSql() : AccessTokenKeyStrangerTests(new PostgreSqlCore());
}
