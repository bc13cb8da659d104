using FinConsole.Web.ApiTokens;
using FinConsole.Web.Audit;
using FinConsole.Web.EncryptionKeys;
using FinConsole.Web.Gateway;
using FinConsole.Web.Hosting.Api;
using FinConsole.Web.Hosting.Api.OpenApi;
using FinConsole.Web.LoginHistory;
using FinConsole.Web.Mfa;
using FinConsole.Web.OAuth;
using FinConsole.Web.SignIn;
using FinConsole.Web.Usage;

namespace FinConsole.Web;

/// <summary>Every route of the HTTP API, by feature.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(ApiPaths.V1);
        api.MapTokensApi();
        api.MapWhoAmIApi();
        api.MapAuthorizeApi();
        api.MapUsageApi();
        api.MapSignInApi();
        api.MapMfaApi();
        api.MapEncryptionKeysApi();
        api.MapPayloadApi();
        api.MapLoginHistoryApi();
        api.MapAuditApi();
        endpoints.MapIntrospectApi();
        endpoints.MapRevokeApi();
        endpoints.MapKeySet();
        endpoints.MapServerMetadata();
        endpoints.MapMfaEnable();
        endpoints.MapUserLoginHistory();
        endpoints.MapRegenerate();
        endpoints.MapApiDocument();
    }
}
