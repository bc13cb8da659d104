using System.Text.Json;
using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Programs;
using FinConsole.Core.SignIn;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>The tenant's encryption key over HTTP, and the first thing that is sent under it: a new password.</summary>
internal static class EncryptionKeysApi
{
    public static void MapEncryptionKeysApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/encryption-keys/current", CurrentAsync).Allow(ApiAccess.AnyCredential).Responds<EncryptionKeyResponse>()
            .Describe("getEncryptionKey", "Get the encryption key", "Answers the public key with which sensitive fields are encrypted now: RSA-OAEP with SHA-256 and MGF1 with SHA-256.");
        api.MapPost("/encryption-keys/rotate", RotateAsync).Allow(ApiAccess.Member(Permission.RotateEncryptionKeys).As(AuditAction.EncryptionKeyRotate, AuditResource.EncryptionKey, "Encryption key"))
            .Responds<EncryptionKeyResponse>(StatusCodes.Status201Created).Idempotent()
            .Refuses([EncryptionKeyErrors.RotatedMeanwhile, .. RefusalSets.Encrypted, .. RefusalSets.Confirmation])
            .Describe(
                "rotateEncryptionKey", "Rotate the encryption key",
                "Makes a new pair and ends the current one at once: what was encrypted for it opens no more. The caller's password, and code where they have a second factor, come "
                + "encrypted with the current key.");
        api.MapPost("/me/password", PasswordAsync).Allow(ApiAccess.Member(Permission.UseOwnAccount)).RespondsWithNothing()
            .Refuses(
                [
                    .. RefusalSets.Encrypted, SignInErrors.WeakPassword("…"), SignInErrors.PasswordNeeded, SignInErrors.WrongCurrentPassword, SignInErrors.SamePassword, AccessErrors.ConfirmationNeeded,
                    .. RefusalSets.Tries,
                ])
            .Describe(
                "changePassword", "Change one's own password",
                "Changes the caller's password and ends their other sessions. Both passwords come encrypted with the tenant's current key; plaintext is refused. A member with a second "
                + "factor must have signed in within the last five minutes.");
    }

    private static async Task<IResult> CurrentAsync(GetPublicKey get, ApiCaller caller, CancellationToken cancellationToken) =>
        (await get.HandleAsync(await caller.ActorAsync(), cancellationToken)).ToResponse(key => Results.Ok(EncryptionKeyResponse.Of(key)));

    private static async Task<IResult> RotateAsync(RotateKeyBody body, RotateKeyByProgram rotate, ApiCaller caller, CancellationToken cancellationToken) =>
        (await rotate.HandleAsync(new RotateKeyByProgramRequest(body.Password.Reveal(), body.Totp?.Reveal()), await caller.ActorAsync(), cancellationToken))
            .ToResponse(key => Results.Created($"{ApiPaths.V1}/encryption-keys/current", EncryptionKeyResponse.Of(key)));

    private static async Task<IResult> PasswordAsync(ChangePasswordBody body, ChangePasswordByProgram change, ApiCaller caller, CancellationToken cancellationToken) =>
        (await change.HandleAsync(body.CurrentPassword, body.NewPassword, await caller.ActorAsync(), cancellationToken)).ToResponse();
}

/// <summary>Who rotates, proven.</summary>
/// <param name="Password">The caller's password. Encrypted with the tenant's current key (RSA-OAEP-256, Base64); plaintext is refused.</param>
/// <param name="Totp">The code that their authenticator app shows. Encrypted with the tenant's current key (RSA-OAEP-256, Base64); plaintext is refused.</param>
internal sealed record RotateKeyBody(Secret Password, Secret? Totp = null);

/// <summary>A change of password.</summary>
/// <param name="CurrentPassword">The present password. Encrypted with the tenant's current key (RSA-OAEP-256, Base64); plaintext is refused.</param>
/// <param name="NewPassword">The new password. Encrypted with the tenant's current key (RSA-OAEP-256, Base64); plaintext is refused.</param>
internal sealed record ChangePasswordBody(string CurrentPassword, string NewPassword);

/// <summary>The tenant's public encryption key.</summary>
/// <param name="Kid">Which key it is.</param>
/// <param name="Algorithm">How to encrypt with it.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, DER, in Base64.</param>
/// <param name="Pem">The same as PEM.</param>
/// <param name="Jwk">The same as a JSON Web Key.</param>
/// <param name="CreatedAt">When the pair was made.</param>
internal sealed record EncryptionKeyResponse(Guid Kid, [property: OneOf("RSA-OAEP-256")] string Algorithm, string PublicKey, string Pem, JwkResponse Jwk, DateTimeOffset CreatedAt)
{
    public static EncryptionKeyResponse Of(PublicKeyView key) => new(
        key.KeyId, "RSA-OAEP-256", key.PublicKey, key.Pem, JsonSerializer.Deserialize<JwkResponse>(key.Jwk, JsonSerializerOptions.Web)!, key.CreatedAt);
}

/// <summary>An RSA public key (RFC 7517, RFC 7518).</summary>
/// <param name="Kty">An RSA key.</param>
/// <param name="Kid">Which key it is.</param>
/// <param name="Use">For encryption.</param>
/// <param name="Alg">RSAES OAEP using SHA-256 and MGF1 with SHA-256.</param>
/// <param name="N">The modulus, in base64url.</param>
/// <param name="E">The exponent, in base64url.</param>
internal sealed record JwkResponse([property: OneOf("RSA")] string Kty, string Kid, [property: OneOf("enc")] string Use, [property: OneOf("RSA-OAEP-256")] string Alg, string N, string E);
