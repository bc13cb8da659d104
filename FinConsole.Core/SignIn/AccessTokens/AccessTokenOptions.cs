namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>Section <c>AccessTokens</c>.</summary>
public sealed class AccessTokenOptions
{
    public const string Section = "AccessTokens";

    /// <summary>What access tokens are for (RFC 9068 §2.2, <c>aud</c>); the console's address and "api/v1" unless it says something else.</summary>
    public string? Audience { get; set; }
}
