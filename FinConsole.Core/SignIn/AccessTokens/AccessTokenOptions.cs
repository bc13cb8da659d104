namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>Section <c>AccessTokens</c>.</summary>
public sealed class AccessTokenOptions
{
    public const string Section = "AccessTokens";

    /// <summary>What access tokens are for (RFC 9068 §2.2, <c>aud</c>); the console's address and "api/v1" unless it says something else.</summary>
    public string? Audience { get; set; }

    /// <summary>For so long after the database went away sessions that are known go on being believed; the same setting as for tokens, 0 to 60 seconds.</summary>
    public int GraceSeconds { get; set; } = 60;
}
