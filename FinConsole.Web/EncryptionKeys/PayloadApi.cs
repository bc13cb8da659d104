using System.Text.Json.Serialization;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>Decryption of what tenants' clients encrypted, for the company's own servers.</summary>
internal static class PayloadApi
{
    private static readonly Words<FieldFailure> Failures = new(
        ("retired_key", FieldFailure.RetiredKey), ("wrong_padding", FieldFailure.WrongPadding), ("cannot_decrypt", FieldFailure.CannotDecrypt), ("malformed", FieldFailure.Malformed));

    public static void MapPayloadApi(this IEndpointRouteBuilder api) =>
        api.MapPost("/payload/decrypt", DecryptAsync).Allow(ApiAccess.Service).Answers<DecryptAnswer>().Refuses(StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests)
            .Describe(
                "decryptPayload", "Decrypt a payload",
                "Decrypts up to fifty fields that a tenant's client encrypted. Each field has its own outcome, so that one that fails keeps no other from being read. A field that "
                + "fails takes as long as any other that fails. Each call is one entry in the tenant's audit log.");

    private static async Task<IResult> DecryptAsync(DecryptBody body, DecryptPayload decrypt, ApiCaller caller, CancellationToken cancellationToken)
    {
        var request = new DecryptPayloadRequest(body.TenantId, body.Kid, body.Fields);
        return (await decrypt.HandleAsync(request, await caller.ActorAsync(), cancellationToken))
            .ToAnswer(fields => Results.Ok(new DecryptAnswer(fields.ToDictionary(field => field.Key, field => Of(field.Value)))));
    }

    private static DecryptedAnswer Of(DecryptedField field) =>
        new(field.Text?.Reveal(), field.Base64?.Reveal(), field.Failure is { } failure ? Failures.Of(failure) : null);
}

/// <summary>What is to be decrypted.</summary>
/// <param name="TenantId">Whose client encrypted it.</param>
/// <param name="Fields">1 to 50 ciphertexts in Base64, by name.</param>
/// <param name="Kid">With which key, where it is known; all that still decrypt are tried otherwise.</param>
internal sealed record DecryptBody(Guid TenantId, IReadOnlyDictionary<string, string> Fields, Guid? Kid = null);

/// <summary>What became of the fields.</summary>
/// <param name="Fields">By the names that were sent.</param>
internal sealed record DecryptAnswer(IReadOnlyDictionary<string, DecryptedAnswer> Fields);

/// <summary>One field: exactly one of the three.</summary>
/// <param name="Value">The plaintext, where it is UTF-8 text.</param>
/// <param name="Base64">The plaintext in Base64, where it is other bytes.</param>
/// <param name="Error">Why it was not decrypted: the named key is retired; it was padded with MGF1-SHA-1, which the tenant does not allow; it was made for another key or is damaged; it is no ciphertext.</param>
internal sealed record DecryptedAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Base64,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), OneOf("retired_key", "wrong_padding", "cannot_decrypt", "malformed")] string? Error);
