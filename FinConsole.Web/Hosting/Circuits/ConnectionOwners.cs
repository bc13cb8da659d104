using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Extensions;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>
/// Binds the connections of <c>/_blazor</c> to the session that negotiated them. SignalR takes whoever knows a connection's token for its owner,
/// whatever cookie comes with it. So the token that a browser is given ends with a code over itself and the session, and what
/// names a connection without the code of its own session is answered 404, as a connection that is not there, before SignalR looks for it.
/// </summary>
internal static class ConnectionOwners
{
    private const string Id = "id";

    public static IApplicationBuilder UseConnectionOwners(this IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments(ConsoleUrls.Circuits), branch => branch.Use(async (http, next) =>
        {
            var session = http.User.FindId(ConsoleClaims.Session);
            if (http.Request.Query.ContainsKey(Id) && !TryUnwrap(http.Request, session))
                http.Response.StatusCode = StatusCodes.Status404NotFound;
            else if (session is { } owner && IsNegotiation(http.Request))
                await NegotiateAsync(http, next, owner);
            else
                await next(http);
        }));

    private static bool IsNegotiation(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.StartsWithSegments(ConsoleUrls.Circuits + "/negotiate");

    private static bool TryUnwrap(HttpRequest request, Guid? session)
    {
        if (session is not { } owner || request.Query[Id] is not [{ } sent] || SessionBoundSecret.Unbind(sent, owner) is not { } token)
            return false;
        var rest = request.Query.Where(each => !each.Key.Equals(Id, StringComparison.OrdinalIgnoreCase));
        request.QueryString = new QueryBuilder(rest) { { Id, token } }.ToQueryString();
        return true;
    }

    private static async Task NegotiateAsync(HttpContext http, RequestDelegate next, Guid owner)
    {
        var body = http.Response.Body;
        using var written = new MemoryStream();
        http.Response.Body = written;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        if (http.Response.StatusCode == StatusCodes.Status200OK && JsonNode.Parse(written.ToArray()) is JsonObject answer)
        {
            // Version 0 of the protocol has no token: there the connection's id is the secret.
            var name = answer.ContainsKey("connectionToken") ? "connectionToken" : "connectionId";
            answer[name] = SessionBoundSecret.Bind(answer[name]!.GetValue<string>(), owner);
            http.Response.ContentLength = null;
            http.Response.ContentType = MediaTypeNames.Application.Json;
            await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
            return;
        }

        await body.WriteAsync(written.ToArray(), http.RequestAborted);
    }
}
