namespace FinConsole.Web.Hosting;

/// <summary>
/// What every log line of a request carries beside the request's id: whose request it is, by ids. Names, addresses and
/// queries stay out of logs.
/// </summary>
internal static class LogScopes
{
    /// <summary>For requests of browsers, behind authentication.</summary>
    public static IApplicationBuilder UseLogScopes(this IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(LogScopes));
        return app.Use(async (http, next) =>
        {
            if (http.User.FindId(ConsoleClaims.Tenant) is not { } tenant)
            {
                await next(http);
                return;
            }

            using (logger.BeginScope(OfMember(tenant, http.User.FindId(ConsoleClaims.Member))))
                await next(http);
        });
    }

    public static IReadOnlyList<KeyValuePair<string, object?>> OfMember(Guid tenant, Guid? member) => [new("Tenant", tenant), new("Account", member)];

    public static IReadOnlyList<KeyValuePair<string, object?>> OfToken(Guid tenant, Guid token) => [new("Tenant", tenant), new("Token", token)];
}
