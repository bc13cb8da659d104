using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Data;

/// <summary>Somebody who can write to the database, and has neither pepper nor certificate, puts keys into the ring.</summary>
public abstract class KeyRingStrangerTests(CoreHost core) : IAsyncLifetime
{
    private static readonly byte[] Plaintext = [1, 2, 3, 4];
    private static readonly (Guid Tenant, Guid Record) Row = (Guid.NewGuid(), Guid.NewGuid());

    private byte[] _before = [];

    public async ValueTask InitializeAsync()
    {
        await core.InitializeAsync();
        _before = Protect(core.Services);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await core.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_of_a_stranger_protects_nothing_opens_nothing_and_is_reported(bool encrypted)
    {
        var tenant = await core.NewTenantAsync();
        var stranger = new Stranger(encrypted ? await CertificateAsync() : null);
        var id = await InsertAsync(stranger.Xml);

        await using var restarted = core.NewInstance();
        var protector = restarted.GetRequiredService<RecordProtector>();

        Assert.Throws<CryptographicException>(() => stranger.Protector.Unprotect("kind", Row.Tenant, Row.Record, Protect(restarted)));
        Assert.Throws<CryptographicException>(() => Open(restarted, stranger.Protector.Protect("kind", Row.Tenant, Row.Record, Plaintext)));
        Assert.Equal(Plaintext, Open(restarted, _before));
        var fault = new AuditFault(id, AuditFaultKind.KeyRingForeign);
        var broken = (await core.Get<VerifyEveryChain>().HandleAsync(null, Stop).ToListAsync(Stop)).Where(report => !report.Verdict.Intact);
        Assert.Equal(new ChainReport("keyring", false, new AuditVerdict(0, fault)), Assert.Single(broken));
        Assert.Equal(fault, (await core.Get<VerifyAuditChain>().HandleAsync(null, tenant.Reviewer.Actor, null, Stop)).Value!.Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no XML")]
    [InlineData("<key id=\"")]
    [InlineData("<key/>")]
    [InlineData("<key seal=\"AAAA\" id=\"x\"/>")]
    [InlineData("<!DOCTYPE key [<!ENTITY a \"aaaaaaaa\">]><key>&a;</key>")]
    public async Task A_row_that_is_no_key_stops_nothing(string xml)
    {
        await InsertAsync(xml);

        await using var restarted = core.NewInstance();

        Assert.Equal(Plaintext, Open(restarted, _before));
        Assert.Equal(Plaintext, Open(core.Services, Protect(restarted)));
    }

    [Fact]
    public async Task A_key_of_ours_that_was_altered_is_ignored()
    {
        await using (var db = core.Db.OpenForOperator())
        {
            var row = await db.Set<DataProtectionKey>().SingleAsync(Stop);
            row.Xml = row.Xml!.Replace("<expirationDate>2", "<expirationDate>3", StringComparison.Ordinal);
            await db.SaveChangesAsync(Stop);
        }

        Assert.Single(await core.Get<KeyRingRows>().FindFaultsAsync(Stop));
        await using var restarted = core.NewInstance();
        Assert.Throws<CryptographicException>(() => Open(restarted, _before));
    }

    [Fact]
    public async Task Keys_from_before_the_seals_are_taken_over_at_the_upgrade()
    {
        await SetBackAsync();
        var plain = await InsertAsync(new Stranger(null).Xml);

        await core.Get<OperatorChain>().EnsureAsync(Stop);

        await using var restarted = core.NewInstance();
        Assert.Equal(Plaintext, Open(restarted, _before));
        // No version wrote a key that is not encrypted.
        Assert.Equal(plain, Assert.Single(await core.Get<KeyRingRows>().FindFaultsAsync(Stop)).Sequence);
        Assert.Null(await core.Get<PepperNote>().FindFaultAsync(Stop));
    }

    [Fact]
    public async Task They_are_taken_over_once_also_when_the_note_of_the_pepper_is_set_back()
    {
        await SetBackAsync();
        var copy = await SealAsync();
        await core.Get<OperatorChain>().EnsureAsync(Stop);
        var tenant = await core.NewTenantAsync();
        // Any entry in any log.
        await core.Get<VerifyAuditChain>().HandleAsync(null, tenant.Reviewer.Actor, null, Stop);
        await InsertAsync(new Stranger(await CertificateAsync()).Xml);

        await SetNoteBackAsync();
        await Assert.ThrowsAsync<InstallationDamagedException>(() => core.Get<OperatorChain>().EnsureAsync(Stop));
        await using (var db = core.Db.OpenForOperator())
        {
            // The register's seal from before the upgrade does not fit what was written since.
            await db.Set<AuditSeal>().ExecuteDeleteAsync(Stop);
            db.Add(copy);
            await db.Set<AuditAnchor>().Where(anchor => anchor.TenantId == tenant.Id).ExecuteDeleteAsync(Stop);
            await db.SaveChangesAsync(Stop);
        }

        await Assert.ThrowsAsync<InstallationDamagedException>(() => core.Get<OperatorChain>().EnsureAsync(Stop));
        Assert.Single(await core.Get<KeyRingRows>().FindFaultsAsync(Stop));
    }

    private static byte[] Protect(IServiceProvider services) =>
        services.GetRequiredService<RecordProtector>().Protect("kind", Row.Tenant, Row.Record, Plaintext);

    private static byte[] Open(IServiceProvider services, byte[] ciphertext) =>
        services.GetRequiredService<RecordProtector>().Unprotect("kind", Row.Tenant, Row.Record, ciphertext);

    private async Task<int> InsertAsync(string xml)
    {
        await using var db = core.Db.OpenForOperator();
        var row = new DataProtectionKey { FriendlyName = "key", Xml = xml };
        db.Add(row);
        await db.SaveChangesAsync(Stop);
        return row.Id;
    }

    // Its public half stands in the table.
    private async Task<X509Certificate2> CertificateAsync()
    {
        await using var db = core.Db.OpenForOperator();
        var row = (await db.Set<DataProtectionKey>().Select(key => key.Xml).ToListAsync(Stop)).Select(xml => XElement.Parse(xml!))
            .First(key => key.Descendants().Any(each => each.Name.LocalName == "X509Certificate"));
        return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(row.Descendants().First(each => each.Name.LocalName == "X509Certificate").Value));
    }

    private async Task<AuditSeal> SealAsync()
    {
        await using var db = core.Db.OpenForOperator();
        return await db.Set<AuditSeal>().AsNoTracking().SingleAsync(Stop);
    }

    // What the version before wrote: another note, another form of the register's seal, and rows without one.
    private async Task SetBackAsync()
    {
        await SetNoteBackAsync();
        await using var db = core.Db.OpenForOperator();
        var seal = await db.Set<AuditSeal>().SingleAsync(Stop);
        var bytes = new ArrayBufferWriter<byte>(64);
        bytes.Write("FCS1"u8);
        bytes.Add(seal.Epoch);
        bytes.Add(seal.Chains);
        bytes.Add(seal.Keys);
        bytes.Write(seal.Digest);
        seal.Tag = HMACSHA256.HashData(core.Get<Pepper>().DeriveKey("audit tag v1"), bytes.WrittenSpan);
        foreach (var row in await db.Set<DataProtectionKey>().ToListAsync(Stop))
        {
            var element = XElement.Parse(row.Xml!);
            element.SetAttributeValue("seal", null);
            row.Xml = element.ToString(SaveOptions.DisableFormatting);
        }

        await db.SaveChangesAsync(Stop);
    }

    private async Task SetNoteBackAsync()
    {
        var note = core.Get<Pepper>().FingerprintBeforeRingSeals;
        await using var db = core.Db.OpenForOperator();
        await db.Set<InstanceFact>().Where(fact => fact.Name == InstanceFact.PepperFingerprint)
            .ExecuteUpdateAsync(set => set.SetProperty(fact => fact.Value, note), Stop);
    }

    public sealed class OnSqlite() : KeyRingStrangerTests(new SqliteCore());

    public sealed class OnPostgreSql() : KeyRingStrangerTests(new PostgreSqlCore());

    /// <summary>A ring with one key, made elsewhere, that is in force from now on.</summary>
    private sealed class Stranger : IXmlRepository
    {
        private readonly List<XElement> _elements = [];

        public Stranger(X509Certificate2? certificate)
        {
            var services = new ServiceCollection().AddLogging();
            var ring = services.AddDataProtection().SetApplicationName("FinConsole");
            services.Configure<KeyManagementOptions>(options => options.XmlRepository = this);
            using (var plain = services.BuildServiceProvider())
            {
                var now = DateTimeOffset.UtcNow;
                plain.GetRequiredService<IKeyManager>().CreateNewKey(now, now.AddYears(1));
                // What it protects with, and what it puts into the table, are the same key.
                Protector = new RecordProtector(plain.GetRequiredService<IDataProtectionProvider>());
                Protector.Protect("kind", Row.Tenant, Row.Record, Plaintext);
            }

            Xml = _elements[0].ToString();
            if (certificate is null)
                return;
            var key = XElement.Parse(Xml);
            var master = key.Descendants().Single(each => each.Name.LocalName == "masterKey");
            var encryptor = new Microsoft.AspNetCore.DataProtection.XmlEncryption.CertificateXmlEncryptor(certificate, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
            var secret = encryptor.Encrypt(master);
            XNamespace protection = "http://schemas.asp.net/2015/03/dataProtection";
            master.ReplaceWith(new XElement(protection + "encryptedSecret", new XAttribute("decryptorType", secret.DecryptorType.AssemblyQualifiedName!), secret.EncryptedElement));
            Xml = key.ToString();
        }

        public string Xml { get; }

        public RecordProtector Protector { get; }

        public IReadOnlyCollection<XElement> GetAllElements() => [.. _elements.Select(element => new XElement(element))];

        public void StoreElement(XElement element, string friendlyName) => _elements.Add(new XElement(element));
    }
}
