using FinConsole.Web.Hosting.Api;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Hosting.Operations;

/// <summary>Serves security.txt. One that has expired is worse than none, since a report may go to nobody: then there is none.</summary>
internal static class SecurityTxtApi
{
    private static readonly ApiProblem None = new(StatusCodes.Status404NotFound, "no_security_txt", SecurityTxtErrorTexts.None);

    public static void MapSecurityTxt(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(ApiPaths.WellKnown + "/security.txt", [HttpMethods.Get, HttpMethods.Head], Answer).Allow(ApiAccess.Anonymous)
            .Responds<string>(contentType: "text/plain").Refuses(None).NeverRefuses(ApiProblem.Unavailable, ApiProblem.AuditChainBroken)
            .Describe("securityTxt", "Where to report vulnerabilities", "The operator's security.txt (RFC 9116), where one is configured and has not expired.");

    private static IResult Answer(Installation installation, TimeProvider time) =>
        installation.SecurityTxt is { } file && time.GetUtcNow() < file.Expires ? Results.Text(file.Text) : ApiResponses.Refusal(None);
}
