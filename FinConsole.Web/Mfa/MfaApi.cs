using FinConsole.Core.Access;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Programs;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FinConsole.Web.Mfa;

/// <summary>One's own second factor over HTTP: who asks is confirmed with the same request, as the console's step-up does.</summary>
internal static class MfaApi
{
    private static readonly ApiAccess Anyone = ApiAccess.Member(Permission.SetUpMfa);

    public static void MapMfaApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("/me/mfa", BeginAsync).Allow(Anyone).Responds<MfaSecretResponse>()
            .Refuses([.. RefusalSets.Confirmation, .. RefusalSets.PlainOrEncrypted])
            .Describe("beginMfa", "Begin to set up MFA", "Makes a secret for an authenticator app. Whatever is in force stays in force until the first code is confirmed, within 15 minutes.");
        api.MapPost("/me/mfa/confirm", ConfirmAsync).Allow(Anyone).Responds<RecoveryCodesResponse>()
            .Refuses([MfaErrors.NothingBegun, MfaErrors.WrongFirstCode, .. RefusalSets.PlainOrEncrypted, RefusalSets.TooManyTries])
            .Describe("confirmMfa", "Confirm MFA", "Puts the app in force with its first code and answers the recovery codes, once. The caller's other sessions end.");
        api.MapDelete("/me/mfa", TurnOffAsync).Allow(Anyone).RespondsWithNothing()
            .Refuses([.. RefusalSets.Confirmation, .. RefusalSets.PlainOrEncrypted, MfaErrors.Required, MfaErrors.NotOn])
            .Describe("turnOffMfa", "Turn MFA off", "Takes the caller's second factor away, where the tenant does not require one. The caller's other sessions end.");
    }

    /// <summary>Fincept's call, outside the versioned API.</summary>
    public static void MapMfaEnable(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(ApiPaths.User + "/mfa/enable", EnableAsync).Allow(Anyone.InAnyHeader()).Responds<MfaSecretResponse>()
            .Refuses([AccessErrors.ConfirmationNeeded, .. RefusalSets.Confirmation, .. RefusalSets.PlainOrEncrypted])
            .Describe(
                "enableMfa", "Begin to set up MFA (alias)",
                "The same as POST /api/v1/me/mfa, with the access token in any of the three headers. Without a body it is taken from those who signed in within the last five minutes.");

    private static async Task<IResult> BeginAsync(
        BeginMfaBody body, ConfirmByProgram confirm, BeginMfaEnrolment begin, TotpIssuer issuer, ApiCaller caller, CancellationToken cancellationToken)
    {
        var actor = await caller.ActorAsync();
        var confirmed = await confirm.HandleAsync(body.Password, body.Totp ?? new Secret(""), "Totp", actor, cancellationToken);
        return confirmed.Succeeded ? await RespondAsync(begin, issuer, actor, cancellationToken) : ApiResponses.Refusal(confirmed.Error);
    }

    private static async Task<IResult> EnableAsync(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] BeginMfaBody? body, ConfirmByProgram confirm, BeginMfaEnrolment begin, TotpIssuer issuer, ApiCaller caller,
        CancellationToken cancellationToken) =>
        body is null ? await RespondAsync(begin, issuer, await caller.ActorAsync(), cancellationToken) : await BeginAsync(body, confirm, begin, issuer, caller, cancellationToken);

    private static async Task<IResult> RespondAsync(BeginMfaEnrolment begin, TotpIssuer issuer, Actor actor, CancellationToken cancellationToken) =>
        (await begin.HandleAsync(actor, cancellationToken)).ToResponse(secret => Results.Ok(new MfaSecretResponse(secret.RevealBase32(), secret.RevealUri(actor.Name, issuer.Name))));

    private static async Task<IResult> ConfirmAsync(ConfirmMfaBody body, ConfirmByProgram confirm, ApiCaller caller, CancellationToken cancellationToken) =>
        (await confirm.EnrolAsync(body.Code, await caller.ActorAsync(), cancellationToken))
            .ToResponse(codes => Results.Ok(new RecoveryCodesResponse([.. codes.Select(code => code.Reveal())])));

    private static async Task<IResult> TurnOffAsync(
        [FromBody] TurnOffMfaBody body, ConfirmByProgram confirm, TurnOffMfa turnOff, ApiCaller caller, CancellationToken cancellationToken)
    {
        var actor = await caller.ActorAsync();
        var confirmed = await confirm.HandleAsync(body.Password, body.Code, "Code", actor, cancellationToken);
        return confirmed.Succeeded ? (await turnOff.HandleAsync(actor, cancellationToken)).ToResponse() : ApiResponses.Refusal(confirmed.Error);
    }
}

/// <summary>Who sets up a second factor, proven.</summary>
/// <param name="Password">The caller's password. Plaintext, unless the tenant's policy demands encryption, or encrypted with the tenant's current key (RSA-OAEP-256, Base64).</param>
/// <param name="Totp">The present app's code, where one is in force and is to be replaced. Plaintext, unless the tenant's policy demands encryption, or encrypted with the tenant's current key (RSA-OAEP-256, Base64).</param>
internal sealed record BeginMfaBody(Secret Password, Secret? Totp = null);

/// <summary>The new app's first code.</summary>
/// <param name="Code">Six digits. Plaintext, unless the tenant's policy demands encryption, or encrypted with the tenant's current key (RSA-OAEP-256, Base64).</param>
internal sealed record ConfirmMfaBody([property: Example("\"123456\"")] Secret Code);

/// <summary>Who turns the second factor off, proven.</summary>
/// <param name="Password">The caller's password. Plaintext, unless the tenant's policy demands encryption, or encrypted with the tenant's current key (RSA-OAEP-256, Base64).</param>
/// <param name="Code">The app's code, or a recovery code. Plaintext, unless the tenant's policy demands encryption, or encrypted with the tenant's current key (RSA-OAEP-256, Base64).</param>
internal sealed record TurnOffMfaBody(Secret Password, Secret Code);

/// <summary>What an authenticator app is set up with.</summary>
/// <param name="Secret">In Base32, for typing.</param>
/// <param name="OtpauthUri">The same for a QR code.</param>
internal sealed record MfaSecretResponse(string Secret, string OtpauthUri);

/// <summary>What signs in when the app is lost.</summary>
/// <param name="RecoveryCodes">Each works once. They are shown in this answer alone.</param>
internal sealed record RecoveryCodesResponse(IReadOnlyList<string> RecoveryCodes);
