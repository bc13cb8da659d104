using System.Text.Json.Serialization;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>Decryption of what tenants' clients encrypted, for the company's own servers.</summary>
internal static class PayloadApi
{
    private static readonly EnumValues<FieldFailure> Failures = new(
        ("retired_key", FieldFailure.RetiredKey), ("wrong_padding", FieldFailure.WrongPadding), ("cannot_decrypt", FieldFailure.CannotDecrypt), ("malformed", FieldFailure.Malformed));

    private static readonly EnumValues<CiphertextForm> Forms = new(
        ("base64url", CiphertextForm.Base64Url), ("hex", CiphertextForm.Hex), ("pem", CiphertextForm.Pem), ("data_url", CiphertextForm.DataUrl),
        ("quoted", CiphertextForm.Quoted), ("percent_encoded", CiphertextForm.PercentEncoded), ("spaces_for_plus", CiphertextForm.SpacesForPlus),
        ("base64_twice", CiphertextForm.Base64Twice), ("byte_list", CiphertextForm.ByteList), ("jwe", CiphertextForm.Jwe),
        ("java_array", CiphertextForm.JavaArray), ("public_key", CiphertextForm.PublicKey));

    private static readonly EnumValues<PlaintextFlaw> Flaws = new(
        ("not_utf8", PlaintextFlaw.NotUtf8), ("contains_nul", PlaintextFlaw.ContainsNul), ("byte_order_mark", PlaintextFlaw.ByteOrderMark),
        ("line_break", PlaintextFlaw.LineBreak));

    public static void MapPayloadApi(this IEndpointRouteBuilder api) =>
        api.MapPost("/payload/decrypt", DecryptAsync).Allow(ApiAccess.Service).Responds<DecryptResponse>()
            .Refuses([.. RefusalSets.Fields, EncryptionKeyErrors.NoSuchTenant, RefusalSets.TooManyTries])
            .Describe(
                "decryptPayload", "Decrypt a payload",
                "Decrypts up to fifty fields that a tenant's client encrypted. Each field has its own outcome, so that one that fails keeps no other from being read. A field that "
                + "fails takes as long as any other that fails. Each call is one entry in the tenant's audit log.");

    private static async Task<IResult> DecryptAsync(DecryptBody body, DecryptPayload decrypt, ApiCaller caller, CancellationToken cancellationToken)
    {
        var request = new DecryptPayloadRequest(body.TenantId, body.Kid, body.Fields);
        return (await decrypt.HandleAsync(request, await caller.ActorAsync(), cancellationToken))
            .ToResponse(fields => Results.Ok(new DecryptResponse(fields.ToDictionary(field => field.Key, field => Of(field.Value)))));
    }

    private static DecryptedResponse Of(DecryptedField field) => new(
        field.Text?.Reveal(),
        field.Base64?.Reveal(),
        field.Failure is { } failure ? Failures.Of(failure) : null,
        field.Digests is { } digests ? new DigestsResponse(OaepDigests.NameOf(digests.Hash), OaepDigests.NameOf(digests.Mgf1)) : null,
        field.Form is { } form ? Forms.Of(form) : null,
        field.Flaw is { } flaw ? Flaws.Of(flaw) : null);
}

/// <summary>What is to be decrypted.</summary>
/// <param name="TenantId">Whose client encrypted it.</param>
/// <param name="Fields">1 to 50 ciphertexts in Base64, by name.</param>
/// <param name="Kid">With which key, where it is known; all that still decrypt are tried otherwise.</param>
internal sealed record DecryptBody(Guid TenantId, IReadOnlyDictionary<string, string> Fields, Guid? Kid = null);

/// <summary>What became of the fields.</summary>
/// <param name="Fields">By the names that were sent.</param>
internal sealed record DecryptResponse(IReadOnlyDictionary<string, DecryptedResponse> Fields);

/// <summary>One field: exactly one of value, base64 and error, and what else is known about it.</summary>
/// <param name="Value">The plaintext, where it is UTF-8 text.</param>
/// <param name="Base64">The plaintext in Base64, where it is other bytes.</param>
/// <param name="Error">Why it was not decrypted: the named key is retired; it was padded with digests that the tenant does not allow; it was made for another key or is damaged; it is not a ciphertext.</param>
/// <param name="Digests">For wrong_padding: the two hash functions that the client padded with. Both have to be SHA-256.</param>
/// <param name="LooksLike">For malformed: in what form it came instead of Base64, where that can be told.</param>
/// <param name="Warning">For a plaintext: why it may not be the text that the client meant. As a password it would never match.</param>
internal sealed record DecryptedResponse(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Base64,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), OneOf("retired_key", "wrong_padding", "cannot_decrypt", "malformed")] string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DigestsResponse? Digests,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), OneOf(
        "base64url", "hex", "pem", "data_url", "quoted", "percent_encoded", "spaces_for_plus", "base64_twice", "byte_list", "jwe", "java_array",
        "public_key")] string? LooksLike,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull),
        OneOf("not_utf8", "contains_nul", "byte_order_mark", "line_break")] string? Warning);

/// <summary>The hash functions of RSA-OAEP (RFC 8017).</summary>
/// <param name="Hash">Of the label: what libraries call the digest.</param>
/// <param name="Mgf1">Of the mask generation function.</param>
internal sealed record DigestsResponse(
    [property: OneOf("SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512")] string Hash,
    [property: OneOf("SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512")] string Mgf1);
