namespace FinConsole.Core.Audit.Search;

/// <summary>The fields of the search, by name.</summary>
public static class AuditFields
{
    public const string Action = "action";
    public const string Actor = "actor";
    public const string Resource = "resource";
    public const string Result = "result";
    public const string Ip = "ip";
    public const string Since = "since";
    public const string Until = "until";
    public const string Id = "id";

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = [Action, Actor, Resource, Result, Ip, Since, Until, Id];
}
