using FinConsole.Core.Members;

namespace FinConsole.Core.AuditLog;

/// <summary>The words by which searches and exports name what is stored by number. They never change meaning either.</summary>
public static class AuditResources
{
    private static readonly Dictionary<AuditResource, string> Names = new()
    {
        [AuditResource.Tenant] = "tenant",
        [AuditResource.Member] = "member",
        [AuditResource.Session] = "session",
        [AuditResource.Token] = "token",
        [AuditResource.EncryptionKey] = "encryption-key",
        [AuditResource.AuditLog] = "audit-log",
        [AuditResource.Policy] = "policy",
        [AuditResource.Console] = "console",
        [AuditResource.Invitation] = "invitation",
        [AuditResource.LoginHistory] = "login-history",
        [AuditResource.ServiceToken] = "service-token",
        [AuditResource.SavedView] = "saved-view",
    };

    private static readonly Dictionary<string, AuditResource> ByName = Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every kind by name, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Values.Order(StringComparer.Ordinal)];

    public static string Name(this AuditResource resource) => Names[resource];

    public static AuditResource? Parse(string name) => ByName.TryGetValue(name, out var resource) ? resource : null;

    public static string Name(this AuditResult result) => result == AuditResult.Success ? "success" : "failure";

    public static AuditResult? ParseResult(string name) => name.ToLowerInvariant() switch
    {
        "success" => AuditResult.Success,
        "failure" => AuditResult.Failure,
        _ => null,
    };

    public static string Name(this ActorKind kind) => kind switch
    {
        ActorKind.Account => "account",
        ActorKind.Token => "token",
        ActorKind.System => "system",
        ActorKind.Service => "service",
    };

    public static ActorKind? ParseActorKind(string name) => name switch
    {
        "account" => ActorKind.Account,
        "token" => ActorKind.Token,
        "system" => ActorKind.System,
        "service" => ActorKind.Service,
        _ => null,
    };
}
