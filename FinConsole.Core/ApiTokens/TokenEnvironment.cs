namespace FinConsole.Core.ApiTokens;

/// <summary>Where a token's holder runs. Stored by number; the token's text names it too.</summary>
public enum TokenEnvironment
{
    Development = 1,
    Staging = 2,
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
