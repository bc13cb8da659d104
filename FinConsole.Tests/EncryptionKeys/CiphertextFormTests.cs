using System.Text;
using System.Text.Json;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>Ciphertexts that come in another form than Base64: "Try it" names the form, and no route takes them for a wrong guess.</summary>
public sealed class CiphertextFormTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    // With plus signs and slashes in it, as nearly every ciphertext has.
    private static readonly byte[] Block = [.. Enumerable.Range(0, 384).Select(number => (byte)((number * 37) + 11))];
    private static readonly string Base64 = Convert.ToBase64String(Block);

    public static TheoryData<CiphertextForm, string> Forms() => new()
    {
        { CiphertextForm.Base64Url, Base64.Replace('+', '-').Replace('/', '_') },
        { CiphertextForm.Hex, Convert.ToHexString(Block) },
        { CiphertextForm.Hex, Convert.ToHexStringLower(Block) },
        { CiphertextForm.Hex, string.Join(':', Block.Select(part => part.ToString("x2", null))) },
        { CiphertextForm.Hex, "0x" + Convert.ToHexStringLower(Block) },
        { CiphertextForm.Hex, string.Join('\n', Convert.ToHexString(Block).Chunk(64).Select(line => new string(line))) },
        { CiphertextForm.Pem, $"-----BEGIN MESSAGE-----\n{string.Join('\n', Base64.Chunk(64).Select(line => new string(line)))}\n-----END MESSAGE-----\n" },
        { CiphertextForm.Pem, $"-----BEGIN PKCS7-----\r\n{Base64}\r\n-----END PKCS7-----" },
        { CiphertextForm.DataUrl, $"data:application/octet-stream;base64,{Base64}" },
        { CiphertextForm.Quoted, $"\"{Base64}\"" },
        { CiphertextForm.Quoted, $"b'{Base64}'" },
        { CiphertextForm.Quoted, JsonSerializer.Serialize(Base64) },
        { CiphertextForm.PercentEncoded, Uri.EscapeDataString(Base64) },
        { CiphertextForm.SpacesForPlus, Base64.Replace('+', ' ') },
        { CiphertextForm.Base64Twice, Convert.ToBase64String(Encoding.ASCII.GetBytes(Base64)) },
        { CiphertextForm.ByteList, $"[{string.Join(", ", Block)}]" },
        { CiphertextForm.ByteList, $"[{string.Join(", ", Block.Select(part => (sbyte)part))}]" },
        { CiphertextForm.ByteList, "<Buffer " + string.Join(' ', Block.Take(50).Select(part => part.ToString("x2", null))) + " ... 334 more bytes>" },
        { CiphertextForm.ByteList, $$"""{"type":"Buffer","data":[{{string.Join(',', Block)}}]}""" },
        { CiphertextForm.Jwe, $"eyJhbGciOiJSU0EtT0FFUC0yNTYiLCJlbmMiOiJBMjU2R0NNIn0.{Base64.Replace('+', '-').Replace('/', '_')}.AAAAAAAAAAAAAAAA.q83v.AAAAAAAAAAAAAAAAAAAAAA" },
        { CiphertextForm.JavaArray, "[B@4d591d15" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_is_named(CiphertextForm form, string text)
    {
        var tried = await core.TryOpenAsync(await core.NewTenantWithKeyAsync(), text);

        Assert.Equal(TriedOutcome.Malformed, tried.Answer);
        Assert.StartsWith(CiphertextReading.Describe(form), tried.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_key_is_named_in_each_of_its_forms()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var key = (await core.Get<GetEncryptionKey>().HandleAsync(await core.NewSessionAsync(tenant.Developer), Stop)).Value!;
        foreach (var text in new[] { key.PublicKey, key.Pem })
            Assert.Contains("public key", (await core.TryOpenAsync(tenant, text)).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void What_has_the_length_of_a_ciphertext_looks_like_one_in_every_form(CiphertextForm form, string text) =>
        Assert.True(CiphertextReading.LooksLikeCiphertext(text) || text.Length < 256, $"{form}: {text}");

    [Fact]
    public void No_password_and_no_code_looks_like_a_ciphertext()
    {
        foreach (var text in new[] { "", "123456", "quiet-meadow-lantern-93", new string('a', 128), new string('F', 255), string.Concat(Enumerable.Repeat("\U0001F600", 127)), "ABCD-EFGH-JKLM-NPQR" })
            Assert.False(CiphertextReading.LooksLikeCiphertext(text), text);
        foreach (var text in new[] { Base64, $"  {Base64}\r\n", Convert.ToBase64String(new byte[512]), Convert.ToBase64String(new byte[256]), Base64[..^4] })
            Assert.True(CiphertextReading.LooksLikeCiphertext(text), text);
    }
}
