using FinConsole.Core.ApiTokens;

namespace FinConsole.Bench.Api;

/// <param name="Name">Unique among those that alternate.</param>
/// <param name="Url">What is asked for.</param>
/// <param name="Script">wrk's, in Lua.</param>
/// <param name="Server">Whose CPU time it costs.</param>
internal sealed record Load(string Name, string Url, string Script, ServerProcess Server);

/// <summary>Writes what wrk needs to send one token after the other.</summary>
internal sealed class LoadScripts(string folder)
{
    private const string Forwarded = "wrk.headers['X-Original-URI']='/v1/payments/7?expand=all' wrk.headers['X-Original-Method']='GET' ";
    private const int Strangers = 2000;

    public string Tokens(string name, IEnumerable<ApiTokenSecret> secrets) =>
        Write(name, $"{Forwarded}{Table(secrets)} request=function() i=i%#t+1 wrk.headers['X-Auth-Token']=t[i] return wrk.format() end");

    public string Unknown() => Tokens("unknown", Enumerable.Range(0, Strangers).Select(_ => ApiTokenSecret.Generate(TokenEnvironment.Production)));

    public string Introspection(string serviceToken, IEnumerable<ApiTokenSecret> secrets) => Write(
        "introspect",
        $"wrk.method='POST' wrk.headers['Content-Type']='application/x-www-form-urlencoded' wrk.headers['Authorization']='Bearer {serviceToken}' {Table(secrets)} "
        + "request=function() i=i%#t+1 return wrk.format(nil,nil,nil,'ip=127.0.0.1&scope=read:usage&token='..t[i]) end");

    private static string Table(IEnumerable<ApiTokenSecret> secrets) => $"local i=0 local t={{{string.Join(',', secrets.Select(secret => $"'{secret.Reveal()}'"))}}}";

    private string Write(string name, string lua)
    {
        var file = Path.Combine(folder, name + ".lua");
        File.WriteAllText(file, lua);
        return file;
    }
}
