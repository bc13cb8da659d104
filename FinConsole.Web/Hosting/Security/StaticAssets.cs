using Microsoft.AspNetCore.StaticAssets;

namespace FinConsole.Web.Hosting.Security;

/// <summary>Tells the program's own files from everything else.</summary>
internal static class StaticAssets
{
    public static bool IsOne(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;
}
