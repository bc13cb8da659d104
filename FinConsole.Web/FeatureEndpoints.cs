using FinConsole.Web.Account;
using FinConsole.Web.Audit;
using FinConsole.Web.EncryptionKeys;
using FinConsole.Web.Hosting.Api;
using FinConsole.Web.Hosting.Operations;
using FinConsole.Web.LoginHistory;
using FinConsole.Web.Theme;

namespace FinConsole.Web;

/// <summary>What features answer beside their pages, one line each.</summary>
public static class FeatureEndpoints
{
    public static void MapFeatures(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapTheme();
        endpoints.MapAccount();
        endpoints.MapEncryptionKeys();
        endpoints.MapLoginHistory();
        endpoints.MapAudit();
        endpoints.MapApi();
        endpoints.MapOperations();
        endpoints.EnsureEveryRouteDecides();
    }
}
