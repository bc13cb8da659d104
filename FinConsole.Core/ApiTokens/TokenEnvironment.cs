using System.Text.Json.Serialization;

namespace FinConsole.Core.ApiTokens;

/// <summary>Where a token's holder runs. Stored by number; the token's text names it too.</summary>
public enum TokenEnvironment
{
    [JsonStringEnumMemberName("Development")]
    Development = 1,
    [JsonStringEnumMemberName("Staging")]
    Staging = 2,
    [JsonStringEnumMemberName("Production")]
    Production = 3,
}

public static class TokenEnvironments
{
    /// <summary>The three letters inside a token's text.</summary>
    public static string Code(this TokenEnvironment environment) => environment switch
    {
        TokenEnvironment.Development => "dev",
        TokenEnvironment.Staging => "stg",
        TokenEnvironment.Production => "prd",
    };
}
