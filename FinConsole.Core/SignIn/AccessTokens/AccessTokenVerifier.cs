using System.Buffers.Text;
using System.Text.Json;
using FinConsole.Core.Common;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>
/// Tells whose an access token is, and whether it is good now. Algorithm, type, issuer and audience are pinned; the key is one of
/// ours by its id, never one that the token brings along; and the session behind it must live. Success costs no query.
/// </summary>
public sealed class AccessTokenVerifier(PublishedKeys keys, LiveProgramSessions sessions, AccessTokenAddress address, TimeProvider time)
{
    /// <summary>api.md: clock skew 30 s.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>Four times what we write.</summary>
    private const int Longest = 4096;

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>The program behind the token. Every refusal is the same <see cref="AccessTokenErrors.Invalid"/>.</summary>
    /// <exception cref="System.Data.Common.DbException">The session or key is not known here and the database is unavailable.</exception>
    public async Task<Result<ProgramSession>> VerifyAsync(string jwt, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(jwt, cancellationToken);
        return read.Succeeded ? read.Value.Session : read.Error;
    }

    /// <summary>The same, with what the token says of itself.</summary>
    /// <exception cref="System.Data.Common.DbException">The session or key is not known here and the database is unavailable.</exception>
    public async Task<Result<VerifiedAccessToken>> ReadAsync(string jwt, CancellationToken cancellationToken)
    {
        if (ReadKeyId(jwt) is not { } keyId || await keys.FindAsync(keyId, cancellationToken) is not { } key)
            return AccessTokenErrors.Invalid;

        var validated = await Handler.ValidateTokenAsync(jwt, Parameters(key));
        if (!validated.IsValid || validated.SecurityToken is not JsonWebToken token)
            return AccessTokenErrors.Invalid;
        if (ReadId(token, JwtRegisteredClaimNames.Sub) is not { } member || ReadId(token, AccessTokenClaims.Tenant) is not { } tenant
            || ReadId(token, AccessTokenClaims.Session) is not { } session || ReadId(token, JwtRegisteredClaimNames.Jti) is not { } id
            || !HasOurTimes(token) || !IsOfOurClient(token))
        {
            return AccessTokenErrors.Invalid;
        }

        var found = await sessions.FindAsync(tenant, session, cancellationToken);
        return found is not null && found.MemberId == member
            ? new VerifiedAccessToken(found, id, new DateTimeOffset(token.IssuedAt, TimeSpan.Zero), new DateTimeOffset(token.ValidTo, TimeSpan.Zero))
            : AccessTokenErrors.Invalid;
    }

    /// <summary>The program's session as it is now; null when it is over. For what goes on after its access token was verified.</summary>
    /// <exception cref="System.Data.Common.DbException">The session is not known here and the database is unavailable.</exception>
    public ValueTask<ProgramSession?> FindSessionAsync(Guid tenantId, Guid sessionId, CancellationToken cancellationToken) =>
        sessions.FindAsync(tenantId, sessionId, cancellationToken);

    // The header is read before anything else is done: exactly the three members that we write, each once. So no "jwk", "jku", "x5c"
    // or "crit" gets as far as the library.
    private static Guid? ReadKeyId(string jwt)
    {
        if (jwt.Length > Longest || jwt.IndexOf('.') is var dot && (dot <= 0 || jwt.Count(each => each == '.') != 2) || !Base64Url.IsValid(jwt.AsSpan(0, dot)))
            return null;
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(jwt.AsSpan(0, dot)));
            if (header.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            var members = header.RootElement.EnumerateObject().ToList();
            return members.Count == 3 && Says(members, "alg", AccessTokenClaims.Algorithm) && Says(members, "typ", AccessTokenClaims.Type)
                && members.Find(member => member.NameEquals("kid")) is { Value.ValueKind: JsonValueKind.String } kid
                && Guid.TryParseExact(kid.Value.GetString(), "D", out var id) ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Says(List<JsonProperty> members, string name, string value) =>
        members.Exists(member => member.NameEquals(name) && member.Value.ValueKind == JsonValueKind.String && member.Value.ValueEquals(value));

    private static Guid? ReadId(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string>(claim, out var text) && Guid.TryParseExact(text, "D", out var id) ? id : null;

    // None is issued in the future, and none for longer than we issue any.
    private bool HasOurTimes(JsonWebToken token) =>
        token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Iat, out var issued) && issued <= (time.GetUtcNow() + ClockSkew).ToUnixTimeSeconds()
        && token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out var expires) && expires <= issued + (long)IssuedAccess.Life.TotalSeconds;

    private static bool IsOfOurClient(JsonWebToken token) =>
        token.TryGetPayloadValue<string>(AccessTokenClaims.Client, out var client) && client == AccessTokenClaims.ClientId;

    private TokenValidationParameters Parameters(SecurityKey key) => new()
    {
        ValidAlgorithms = [AccessTokenClaims.Algorithm],
        ValidTypes = [AccessTokenClaims.Type],
        ValidIssuer = address.Issuer,
        ValidAudience = address.Audience,
        IssuerSigningKey = key,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsWithin(notBefore, expires),
    };

    private bool IsWithin(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && end + ClockSkew > now && (notBefore is not { } start || start - ClockSkew <= now);
    }
}

/// <summary>An access token that is good now.</summary>
/// <param name="Session">The program behind it.</param>
/// <param name="Id">Its <c>jti</c>.</param>
/// <param name="IssuedAt">Its <c>iat</c>, whole seconds.</param>
/// <param name="ExpiresAt">Its <c>exp</c>, whole seconds.</param>
public sealed record VerifiedAccessToken(ProgramSession Session, Guid Id, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
