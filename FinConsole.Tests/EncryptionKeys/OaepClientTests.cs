using System.Security.Cryptography;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.EncryptionKeys.Programs;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>Who encrypts with other digests than the guide's is remembered, so that somebody can fix it; and nobody fills the table.</summary>
public abstract class OaepClientTests(CoreHost core)
{
    private static readonly OaepDigests Sha1 = new(OaepDigest.Sha1, OaepDigest.Sha1);

    [Fact]
    public void Digests_and_senders_are_stored_by_the_numbers_that_they_always_had()
    {
        Assert.Equal("0 SHA-1, 1 SHA-224, 2 SHA-256, 3 SHA-384, 4 SHA-512", string.Join(", ", Enum.GetValues<OaepDigest>().Select(digest => $"{(int)digest} {OaepDigests.NameOf(digest)}")));
        Assert.Equal("1 Service, 2 Member, 3 SignIn", string.Join(", ", Enum.GetValues<OaepSender>().Select(sender => $"{(int)sender} {sender}")));
    }

    [Fact]
    public async Task Every_pair_of_digests_that_can_be_told_is_a_row_of_its_own()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        OaepDigests?[] sent = [.. OaepDigests.All.Select(digests => (OaepDigests?)digests), Sha1, null];

        await core.Get<OaepClients>().NoteAsync(new OaepSending(tenant.Id, OaepSender.Service, "Payments API", null, "198.51.100.7"), sent, Stop);

        var listed = await ListAsync(tenant);
        Assert.Equal(OaepDigests.All.Where(digests => digests != OaepDigests.Standard).ToHashSet(), listed.Select(row => row.Digests).ToHashSet());
        Assert.Equal((24, 2L), (listed.Count, listed.Single(row => row.Digests == Sha1).Fields));
    }

    [Fact]
    public async Task A_member_s_refused_field_names_account_client_and_address()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var actor = tenant.Developer.Actor with { Origin = new RequestOrigin("198.51.100.9", "php/8.2", "abc") };
        var ciphertext = await KeySteps.EncryptByOpenSslAsync(await core.CurrentKeyAsync(tenant), "sha1", "sha1");

        var read = await core.Get<DecryptOwnSecret>().ReadAsync(new Secret(ciphertext), "Password", Permission.SetUpMfa, actor, Stop);

        Assert.Equal("wrong_padding", read.Error?.Code);
        var now = core.Time.GetUtcNow();
        Assert.Equal(
            new OaepClientRow(OaepSender.Member, "php/8.2", tenant.Developer.Email, "198.51.100.9", Sha1, Decrypted: false, now, now, 1),
            Assert.Single(await ListAsync(tenant)));
    }

    [Fact]
    public async Task A_sign_in_that_fails_by_its_digests_is_written_later_and_one_that_succeeds_at_once()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var (key, clients) = (await core.CurrentKeyAsync(tenant), core.Get<OaepClients>());
        var origin = new RequestOrigin("198.51.100.10", "ruby/3.1", "abc");
        await SignInAsync(tenant, await KeySteps.EncryptByOpenSslAsync(key, "sha1", "sha256", TestMember.Password), origin);
        using (var stranger = RSA.Create(3072))
            await SignInAsync(tenant, Convert.ToBase64String(stranger.Encrypt([1, 2, 3], RSAEncryptionPadding.OaepSHA1)), origin);

        Assert.Empty(await ListAsync(tenant));
        await clients.FlushAsync(Stop);
        await clients.FlushAsync(Stop);

        var failed = Assert.Single(await ListAsync(tenant));
        Assert.Equal(
            (OaepSender.SignIn, "ruby/3.1", tenant.Developer.Email, "198.51.100.10", new OaepDigests(OaepDigest.Sha1, OaepDigest.Sha256), 1L),
            (failed.Sender, failed.Name, failed.Account, failed.Ip, failed.Digests, failed.Fields));
        await core.SetPolicyAsync(tenant, mgf1Sha1: true);
        Assert.True(await SignInAsync(tenant, await KeySteps.EncryptByOpenSslAsync(key, plaintext: TestMember.Password), origin));
        Assert.Contains(await ListAsync(tenant), row => row is { Sender: OaepSender.Member, Decrypted: true } && row.Digests == OaepDigests.Mgf1Sha1);
    }

    [Fact]
    public async Task However_many_names_a_client_has_the_rows_stay_few_and_strangers_push_nobody_out()
    {
        var (tenant, clients) = (await core.NewTenantWithKeyAsync(), core.Get<OaepClients>());
        for (var number = 0; number < OaepClients.Most + 5; number++)
        {
            core.Time.Advance(TimeSpan.FromSeconds(1));
            await clients.NoteAsync(new OaepSending(tenant.Id, OaepSender.Service, number == 0 ? null : $"client {number}\u0000", null, null), [OaepDigests.Mgf1Sha1], Stop);
        }

        for (var number = 0; number < 1000; number++)
            clients.NoteLater(new OaepSending(tenant.Id, OaepSender.SignIn, $"stranger {number}", "a@b.example", null), Sha1);
        await clients.FlushAsync(Stop);

        var listed = await ListAsync(tenant);
        Assert.Equal(OaepClients.MostUnproven, listed.Count(row => row.Sender == OaepSender.SignIn));
        var proven = listed.Where(row => row.Sender == OaepSender.Service).ToList();
        Assert.Equal((OaepClients.Most, $"client {OaepClients.Most + 4}"), (proven.Count, proven[0].Name));
        await using var db = core.Db.Open(tenant.Id);
        Assert.Equal(OaepClients.Most + OaepClients.MostUnproven, await db.Set<OaepClient>().CountAsync(Stop));
    }

    private async Task<IReadOnlyList<OaepClientRow>> ListAsync(TestTenant tenant) =>
        (await core.Get<ListOaepClients>().HandleAsync(await core.NewSessionAsync(tenant.Developer), Stop)).Value!;

    private async Task<bool> SignInAsync(TestTenant tenant, string password, RequestOrigin origin) =>
        (await core.Get<SignInSecrets>().HandleAsync(tenant.Developer.Email, new Secret(password), new Secret(""), origin, Stop)).Succeeded;

    public sealed class OnSqlite(SqliteCore core) : OaepClientTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : OaepClientTests(core), IClassFixture<PostgreSqlCore>;
}
