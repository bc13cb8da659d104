using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Security;
using Microsoft.AspNetCore.Http.Metadata;

namespace FinConsole.Web.Hosting.Api;

/// <summary>
/// Reads how an OAuth client shows a service token: as Bearer, as the password of HTTP Basic, or as <c>client_secret</c> in the form
/// (RFC 6749 2.3.1). The client's id may be anything, since the token alone says whose it is.
/// </summary>
internal static class ClientAuthentication
{
    public const string FormType = "application/x-www-form-urlencoded";
    private const string Secret = "client_secret";

    /// <summary>What the request shows. Two methods at once are refused, even where both say the same (RFC 6749 2.3).</summary>
    public static async ValueTask<PresentedCredential> ReadAsync(HttpContext http)
    {
        var request = http.Request;
        var shown = PresentedCredential.Read(request, basic: true);
        if (request.Headers.Authorization is [{ } scheme] && PresentedCredential.IsBasic(scheme))
            http.Features.Set(new ClientSecret());
        if (shown.Fault is not null || !TakesForm(http) || !RequestCharset.IsReadable(request))
            return shown;

        RequestCharset.Unquote(request);
        var secret = (await request.ReadFormAsync(http.RequestAborted))[Secret];
        if (secret.Count > 1)
            return Malformed(Texts.Format(ApiErrorTexts.FieldOnce, Secret));
        // RFC 6749 2.3.1: a client without a secret may send an empty one.
        if (secret is not [{ Length: > 0 } text])
            return shown;
        http.Features.Set(new ClientSecret());
        return PresentedCredential.IsMissing(request) ? new PresentedCredential(text, false, null) : Twice(request);
    }

    /// <summary>Whether the client showed a secret by Basic or in the form, and so is told of Basic where that is wrong (RFC 6749 5.2).</summary>
    public static bool IsBySecret(HttpContext http) => http.Features.Get<ClientSecret>() is not null;

    // The route's own form: routing answers other content types by itself, and nobody limits those bodies.
    private static bool TakesForm(HttpContext http) =>
        http.Request.HasFormContentType && http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains(FormType) == true;

    private static PresentedCredential Malformed(string message) => new(null, false, ApiProblem.MalformedAt(Secret, message));

    private static PresentedCredential Twice(HttpRequest request)
    {
        var errors = PresentedCredential.Sent(request, ApiErrorTexts.OneCredential);
        errors[Secret] = ApiErrorTexts.OneCredential;
        return new PresentedCredential(null, false, ApiProblem.CredentialTwice with { Errors = errors });
    }

    private sealed class ClientSecret;
}
