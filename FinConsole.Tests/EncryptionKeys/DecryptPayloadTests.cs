using System.Collections.Frozen;
using System.Security.Cryptography;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

public abstract class DecryptPayloadTests(CoreHost core)
{
    private static readonly Actor Service = new(ActorKind.Service, Tenant.Operator, Guid.NewGuid(), "payments api", null, TestTenants.Origin)
    {
        Granted = new[] { Permission.DecryptPayloads }.ToFrozenSet(),
    };

    [Fact]
    public async Task Each_field_has_its_own_outcome_and_the_call_one_entry_in_the_tenants_log()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);
        using var stranger = RSA.Create(3072);
        var fields = new Dictionary<string, string>
        {
            ["pin"] = KeySteps.Encrypt(key),
            ["empty"] = KeySteps.Encrypt(key, ""),
            ["bytes"] = EncryptBytes(key, [0xff, 0xfe, 0x00]),
            ["foreign"] = Convert.ToBase64String(stranger.Encrypt([1, 2, 3], RSAEncryptionPadding.OaepSHA256)),
            ["damaged"] = Damage(KeySteps.Encrypt(key)),
            ["java"] = await KeySteps.EncryptByOpenSslAsync(key),
            ["plain"] = "4711",
            ["short"] = Convert.ToBase64String(new byte[100]),
            ["nothing"] = "",
        };

        IReadOnlyDictionary<string, DecryptedField> answer = new Dictionary<string, DecryptedField>();
        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => answer = await DecryptAsync(tenant, fields)));

        Assert.Equal((KeySteps.Plaintext, ""), (answer["pin"].Text?.Reveal(), answer["empty"].Text?.Reveal()));
        Assert.Equal((null, Convert.ToBase64String([0xff, 0xfe, 0x00])), (answer["bytes"].Text, answer["bytes"].Base64?.Reveal()));
        Assert.Equal(
            [FieldFailure.CannotDecrypt, FieldFailure.CannotDecrypt, FieldFailure.WrongPadding, FieldFailure.Malformed, FieldFailure.Malformed, FieldFailure.Malformed],
            new[] { "foreign", "damaged", "java", "plain", "short", "nothing" }.Select(name => answer[name].Failure!.Value));
        Assert.Equal(
            (AuditAction.EncryptionKeyDecrypt, AuditResult.Success, ActorKind.Service, Service.Name, """{"count":9,"failed":6}"""),
            (entry.Action, entry.Result, entry.ActorKind, entry.ActorName, entry.Metadata));
        Assert.Equal(3, (await core.CurrentKeyAsync(tenant)).UseCount);
    }

    [Fact]
    public async Task The_policy_opens_mgf1_sha1_and_whoever_sends_it_is_named()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var fields = new Dictionary<string, string> { ["pin"] = await KeySteps.EncryptByOpenSslAsync(await core.CurrentKeyAsync(tenant)) };
        Assert.Equal(FieldFailure.WrongPadding, (await DecryptAsync(tenant, fields))["pin"].Failure);
        var policy = (await core.Get<GetPolicy>().HandleAsync(tenant.Admin.Actor, Stop)).Value!;
        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () =>
            Assert.True((await core.Get<UpdatePolicy>().HandleAsync(policy.Settings with { AllowMgf1Sha1 = true }, policy.Version, tenant.Admin.Actor, Stop)).Succeeded)));
        Assert.Equal("""{"changes":{"allowMgf1Sha1":{"before":false,"after":true}}}""", entry.Metadata);

        Assert.Equal(KeySteps.Plaintext, (await DecryptAsync(tenant, fields))["pin"].Text?.Reveal());

        var client = Assert.Single((await core.Get<ListOaepClients>().HandleAsync(tenant.Developer.Actor, Stop)).Value!);
        var now = core.Time.GetUtcNow();
        Assert.Equal(new OaepClientRow(OaepSender.Service, Service.Name, null, Service.Origin.Ip, OaepDigests.Mgf1Sha1, Decrypted: true, now, now, 2), client);
        Assert.Empty((await core.Get<ListOaepClients>().HandleAsync((await core.NewTenantWithKeyAsync()).Developer.Actor, Stop)).Value!);
    }

    [Fact]
    public async Task A_wrong_padding_names_both_digests_and_only_the_allowed_pair_is_decrypted()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);
        var pairs = new Dictionary<string, OaepDigests>
        {
            ["sha1/sha1"] = new(OaepDigest.Sha1, OaepDigest.Sha1),
            ["sha256/sha1"] = new(OaepDigest.Sha256, OaepDigest.Sha1),
            ["sha1/sha256"] = new(OaepDigest.Sha1, OaepDigest.Sha256),
            ["sha512/sha512"] = new(OaepDigest.Sha512, OaepDigest.Sha512),
            ["sha384/sha1"] = new(OaepDigest.Sha384, OaepDigest.Sha1),
        };
        var fields = new Dictionary<string, string>();
        foreach (var name in pairs.Keys)
            fields[name] = await KeySteps.EncryptByOpenSslAsync(key, name.Split('/')[0], name.Split('/')[1]);

        foreach (var allowed in new[] { false, true })
        {
            await core.SetPolicyAsync(tenant, mgf1Sha1: allowed);
            var answer = await DecryptAsync(tenant, fields);
            foreach (var (name, digests) in pairs)
            {
                var expected = allowed && digests == OaepDigests.Mgf1Sha1 ? new DecryptedField(new Secret(KeySteps.Plaintext), null, null) : DecryptedField.Failed(FieldFailure.WrongPadding, digests);
                Assert.Equal(expected, answer[name]);
            }
        }
    }

    [Fact]
    public async Task A_plaintext_that_is_not_clean_text_comes_with_a_warning()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);
        var fields = new Dictionary<string, string>
        {
            ["latin1"] = EncryptBytes(key, [0x67, 0x72, 0xF6, 0xDF, 0x65, 0x72]),
            ["utf16"] = EncryptBytes(key, [0x34, 0, 0x37, 0]),
            ["echo"] = KeySteps.Encrypt(key, "4711\n"),
            ["fine"] = KeySteps.Encrypt(key),
        };

        var answer = await DecryptAsync(tenant, fields);

        Assert.Equal(
            [PlaintextFlaw.NotUtf8, PlaintextFlaw.ContainsNul, PlaintextFlaw.LineBreak, null], new[] { "latin1", "utf16", "echo", "fine" }.Select(name => answer[name].Flaw));
        Assert.Equal("4711\n", answer["echo"].Text?.Reveal());
    }

    [Fact]
    public async Task A_retired_key_is_called_so_only_by_who_names_it()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var (old, fields) = (await core.CurrentKeyAsync(tenant), new Dictionary<string, string> { ["pin"] = KeySteps.Encrypt(await core.CurrentKeyAsync(tenant)) });
        Assert.Equal(KeySteps.Plaintext, (await DecryptAsync(tenant, fields, old.Id))["pin"].Text?.Reveal());
        var now = await core.RotateKeyAsync(tenant);

        Assert.Equal(FieldFailure.RetiredKey, (await DecryptAsync(tenant, fields, old.Id))["pin"].Failure);
        Assert.Equal(FieldFailure.CannotDecrypt, (await DecryptAsync(tenant, fields))["pin"].Failure);
        Assert.Equal(FieldFailure.CannotDecrypt, (await DecryptAsync(tenant, fields, now.Id))["pin"].Failure);
        Assert.Equal(FieldFailure.CannotDecrypt, (await DecryptAsync(tenant, fields, Guid.NewGuid()))["pin"].Failure);
        var foreign = await core.CurrentKeyAsync(await core.NewTenantWithKeyAsync());
        Assert.Equal(FieldFailure.CannotDecrypt, (await DecryptAsync(tenant, fields, foreign.Id))["pin"].Failure);
    }

    [Fact]
    public async Task Inside_its_window_the_previous_key_opens_what_was_made_for_it()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        await core.SetPolicyAsync(tenant, decryptOnlyHours: 4);
        var (old, fields) = (await core.CurrentKeyAsync(tenant), new Dictionary<string, string> { ["pin"] = KeySteps.Encrypt(await core.CurrentKeyAsync(tenant)) });
        var now = await core.RotateKeyAsync(tenant, decryptOnlyHours: 4);

        Assert.Equal(KeySteps.Plaintext, (await DecryptAsync(tenant, fields))["pin"].Text?.Reveal());
        Assert.Equal(KeySteps.Plaintext, (await DecryptAsync(tenant, fields, old.Id))["pin"].Text?.Reveal());
        Assert.Equal(FieldFailure.CannotDecrypt, (await DecryptAsync(tenant, fields, now.Id))["pin"].Failure);
        core.Time.Advance(TimeSpan.FromHours(4));

        Assert.Equal(FieldFailure.RetiredKey, (await DecryptAsync(tenant, fields, old.Id))["pin"].Failure);
    }

    [Fact]
    public async Task Only_services_may_and_only_for_tenants_that_are_there()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var fields = new Dictionary<string, string> { ["pin"] = KeySteps.Encrypt(await core.CurrentKeyAsync(tenant)) };
        var token = new Actor(ActorKind.Token, tenant.Id, Guid.NewGuid(), "Checkout", null, TestTenants.Origin) { Granted = new[] { Permission.ReadEncryptionKeys }.ToFrozenSet() };
        foreach (var actor in (Actor[])[tenant.Admin.Actor, tenant.Developer.Actor, token])
            Assert.Equal(ErrorKind.Forbidden, (await core.Get<DecryptPayload>().HandleAsync(new DecryptPayloadRequest(tenant.Id, null, fields), actor, Stop)).Error?.Kind);

        Assert.Equal(EncryptionKeyErrors.NoSuchTenant, (await core.Get<DecryptPayload>().HandleAsync(new DecryptPayloadRequest(Guid.NewGuid(), null, fields), Service, Stop)).Error);
        await using (var db = core.Db.OpenForOperator())
            await db.Set<Tenant>().Where(row => row.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedAt, core.Time.GetUtcNow()), Stop);
        Assert.Equal(EncryptionKeyErrors.NoSuchTenant, (await core.Get<DecryptPayload>().HandleAsync(new DecryptPayloadRequest(tenant.Id, null, fields), Service, Stop)).Error);
        Assert.Equal(0, (await core.CurrentKeyAsync(tenant)).UseCount);
    }

    [Fact]
    public async Task Takes_one_to_fifty_fields_with_names()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        foreach (var fields in (Dictionary<string, string>[])[[], Enumerable.Range(0, 51).ToDictionary(number => $"f{number}", _ => "x"), new() { [""] = "x" }, new() { [new string('n', 101)] = "x" }])
            Assert.Equal(ErrorKind.Invalid, (await core.Get<DecryptPayload>().HandleAsync(new DecryptPayloadRequest(tenant.Id, null, fields), Service, Stop)).Error?.Kind);

        Assert.Equal(50, (await DecryptAsync(tenant, Enumerable.Range(0, 50).ToDictionary(number => $"f{number}", _ => "x"))).Count);
    }

    [Fact]
    public async Task Is_limited_by_fields_and_tenant()
    {
        await using var limited = core.NewInstance(services => services.Configure<RateLimitOptions>(options => options.PayloadFieldsPerTenantPerMinute = 3));
        var (tenant, other) = (await core.NewTenantWithKeyAsync(), await core.NewTenantWithKeyAsync());
        var decrypt = limited.GetRequiredService<DecryptPayload>();
        var two = new Dictionary<string, string> { ["a"] = "x", ["b"] = "y" };
        Assert.True((await decrypt.HandleAsync(new DecryptPayloadRequest(tenant.Id, null, two), Service, Stop)).Succeeded);

        var refused = await decrypt.HandleAsync(new DecryptPayloadRequest(tenant.Id, null, two), Service, Stop);

        Assert.Equal(ErrorKind.TooManyRequests, refused.Error?.Kind);
        Assert.NotNull(refused.Error?.RetryAfter);
        Assert.True((await decrypt.HandleAsync(new DecryptPayloadRequest(other.Id, null, two), Service, Stop)).Succeeded);
        core.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await decrypt.HandleAsync(new DecryptPayloadRequest(tenant.Id, null, two), Service, Stop)).Succeeded);
    }

    [Fact]
    public async Task Many_calls_at_once_count_every_use_and_name_each_client_once()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = await core.CurrentKeyAsync(tenant);
        var fields = new Dictionary<string, string> { ["a"] = KeySteps.Encrypt(key), ["b"] = await KeySteps.EncryptByOpenSslAsync(key) };

        var answers = await MfaSteps.AtOnceAsync(16, () => DecryptAsync(tenant, fields));

        Assert.All(answers, answer => Assert.Equal(KeySteps.Plaintext, answer["a"].Text?.Reveal()));
        Assert.Equal(16, (await core.CurrentKeyAsync(tenant)).UseCount);
        Assert.Equal(16, Assert.Single((await core.Get<ListOaepClients>().HandleAsync(tenant.Developer.Actor, Stop)).Value!).Fields);
    }

    private async Task<IReadOnlyDictionary<string, DecryptedField>> DecryptAsync(TestTenant tenant, Dictionary<string, string> fields, Guid? key = null)
    {
        var answer = await core.Get<DecryptPayload>().HandleAsync(new DecryptPayloadRequest(tenant.Id, key, fields), Service, Stop);
        Assert.True(answer.Succeeded, answer.Error?.ToString());
        return answer.Value;
    }

    private static string EncryptBytes(EncryptionKey key, byte[] plaintext)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
        return Convert.ToBase64String(rsa.Encrypt(plaintext, RSAEncryptionPadding.OaepSHA256));
    }

    private static string Damage(string ciphertext)
    {
        var bytes = Convert.FromBase64String(ciphertext);
        bytes[^1] ^= 1;
        return Convert.ToBase64String(bytes);
    }

    public sealed class OnSqlite(SqliteCore core) : DecryptPayloadTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : DecryptPayloadTests(core), IClassFixture<PostgreSqlCore>;
}
