using FinConsole.Core.Common;
using FinConsole.Core.Members;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>What an access token says.</summary>
public static class AccessTokenClaims
{
    /// <summary>RFC 9068 §2.1: told apart from every other kind of JWT.</summary>
    public const string Type = "at+jwt";

    public const string Algorithm = SecurityAlgorithms.EcdsaSha256;

    public const string Tenant = "tid";

    public const string Session = "sid";

    public const string Role = "role";

    /// <summary>RFC 9068 2.2: which client asked for the token.</summary>
    public const string Client = "client_id";

    /// <summary>
    /// The one client that there is: clients are not registered, and whatever program signs in with a member's password is the same one.
    /// Never changes, since verifiers elsewhere may compare it.
    /// </summary>
    public const string ClientId = "finconsole-api";

    /// <summary>The role as a word that never changes.</summary>
    public static string WordOf(Role role) => role switch
    {
        Members.Role.TenantAdmin => "admin",
        Members.Role.Developer => "developer",
        Members.Role.SecurityReviewer => "reviewer",
        Members.Role.Cashier => "cashier",
    };
}

/// <summary>Writes and signs access tokens (RFC 9068).</summary>
public sealed class AccessTokenWriter(AccessTokenAddress address, TimeProvider time)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <param name="key">Opened before the session's transaction began.</param>
    /// <param name="session">Of which program.</param>
    /// <param name="role">Said to those who read the token; what counts is the database's.</param>
    /// <param name="now">The session's transaction's time.</param>
    internal Secret Write(SigningKey key, ProgramSessionId session, Role role, DateTimeOffset now)
    {
        // The library keeps signers by key; this key lives for one signature.
        var signer = new ECDsaSecurityKey(key.Ecdsa) { KeyId = key.Id.ToString(), CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        return new Secret(Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = AccessTokenClaims.Type,
            Issuer = address.Issuer,
            Audience = address.Audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + IssuedAccess.Life).UtcDateTime,
            SigningCredentials = new SigningCredentials(signer, AccessTokenClaims.Algorithm),
            Claims = new Dictionary<string, object>
            {
                [AccessTokenClaims.Client] = AccessTokenClaims.ClientId,
                [JwtRegisteredClaimNames.Sub] = session.MemberId.ToString(),
                [AccessTokenClaims.Tenant] = session.TenantId.ToString(),
                [AccessTokenClaims.Session] = session.SessionId.ToString(),
                [AccessTokenClaims.Role] = AccessTokenClaims.WordOf(role),
                [JwtRegisteredClaimNames.Jti] = Ids.New(time).ToString(),
            },
        }));
    }
}

/// <summary>A program's session, and whose it is.</summary>
internal readonly record struct ProgramSessionId(Guid SessionId, Guid MemberId, Guid TenantId);
