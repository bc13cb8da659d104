using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Primitives;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>
/// Binds circuits to the session that began them. The framework gives a circuit, with what is yet to be drawn in it, to whoever names its
/// secret. So the secret that a browser is given counts in its own session alone; in another one the framework is asked for a circuit that is
/// not there, and answers accordingly.
/// </summary>
internal sealed class CircuitOwners : IHubFilter
{
    /// <summary>The parameter by which methods of the framework's hub name a circuit. Those that return text return such a secret.</summary>
    internal const string SecretParameter = "circuitIdSecret";

    private const string DisconnectField = "circuitId";
    private const string NoCircuit = "";

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var session = invocationContext.Context.User?.FindId(ConsoleClaims.Session) ?? throw new InvalidOperationException("A connection without a session was let in.");
        var result = await next(Unbind(invocationContext, session));
        return result is string secret ? SessionBoundSecret.Bind(secret, session) : result;
    }

    /// <summary>A page that is left ends its circuit by a form that names it.</summary>
    public static async Task UnbindFormAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.HasFormContentType && http.User.FindId(ConsoleClaims.Session) is { } session)
        {
            if (await ReadAsync(http) is not { } form)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            var secret = SessionBoundSecret.Unbind(form[DisconnectField] is [var sent] ? sent : null, session);
            http.Request.Form = new FormCollection(new Dictionary<string, StringValues> { [DisconnectField] = secret ?? NoCircuit });
        }

        await next(http);
    }

    // A part that names the character set UTF-7 is not supported, others are malformed, too large or not whole.
    private static async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or NotSupportedException)
        {
            return null;
        }
    }

    private static HubInvocationContext Unbind(HubInvocationContext invocation, Guid session)
    {
        var parameters = invocation.HubMethod.GetParameters();
        if (!Array.Exists(parameters, IsSecret))
            return invocation;
        var arguments = invocation.HubMethodArguments.ToArray();
        foreach (var parameter in parameters.Where(IsSecret))
            arguments[parameter.Position] = SessionBoundSecret.Unbind(arguments[parameter.Position] as string, session) ?? NoCircuit;
        return new HubInvocationContext(invocation.Context, invocation.ServiceProvider, invocation.Hub, invocation.HubMethod, arguments);
    }

    private static bool IsSecret(System.Reflection.ParameterInfo parameter) => parameter.Name == SecretParameter;
}
