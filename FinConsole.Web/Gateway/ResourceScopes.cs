namespace FinConsole.Web.Gateway;

/// <summary>What each method of a resource needs, made ready once.</summary>
internal sealed class ResourceScopes(string name, bool limited)
{
    private readonly RequestedResource _reading = new(name, ["read:" + name, "read:*"]);
    private readonly RequestedResource _writing = new(name, ["write:" + name, "write:*"]);
    private readonly RequestedResource _adding = new(name, limited ? ["write:" + name, "write:*", "write:limited"] : ["write:" + name, "write:*"]);

    public RequestedResource For(string method) => method switch
    {
        "GET" or "HEAD" => _reading,
        "POST" => _adding,
        _ => _writing,
    };
}
