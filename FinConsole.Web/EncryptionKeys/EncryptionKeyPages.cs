using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Web.EncryptionKeys.Guide;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Authorization;

namespace FinConsole.Web.EncryptionKeys;

public static class EncryptionKeyPages
{
    private const string GuideFile = "finconsole-encryption-guide.md";

    /// <summary>The guide as a file, with the tenant's key of this moment in it.</summary>
    public static void MapEncryptionKeys(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(ConsoleUrls.EncryptionGuide, async (HttpContext http, GetEncryptionKey get) =>
        {
            var key = await get.HandleAsync(CurrentActor.Of(http), http.RequestAborted);
            return key.Succeeded
                ? Results.File(Encoding.UTF8.GetBytes(EncryptionGuide.Write(key.Value)), "text/markdown; charset=utf-8", GuideFile)
                : Results.StatusCode(ErrorStatus.Of(key.Error.Kind));
        }).RequirePermission(Permission.ReadEncryptionKeys);
}
