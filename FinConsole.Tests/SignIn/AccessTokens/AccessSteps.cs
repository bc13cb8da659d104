using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

/// <summary>What tests of programs that sign in do again and again.</summary>
internal static class AccessSteps
{
    public static readonly RequestOrigin Program = new("203.0.113.80", "python-requests/2.32", "test");

    public static Task<Result<IssuedAccess>> TrySignInProgramAsync(this CoreHost core, string email, Secret? code = null, string password = TestMember.Password) =>
        core.Get<SignInProgram>().HandleAsync(email, new Secret(password), code ?? new Secret(""), Program, Stop);

    public static async Task<IssuedAccess> SignInProgramAsync(this CoreHost core, TestMember member, Secret? code = null) => Good(await core.TrySignInProgramAsync(member.Email, code));

    public static Task<Result<IssuedAccess>> TryRefreshAsync(this CoreHost core, Secret refreshToken) => core.Get<RefreshAccess>().HandleAsync(refreshToken, Program, Stop);

    public static async Task<IssuedAccess> RefreshAsync(this CoreHost core, Secret refreshToken) => Good(await core.TryRefreshAsync(refreshToken));

    public static Task<Result<ProgramSession>> TryVerifyAsync(this CoreHost core, Secret accessToken) => core.Get<AccessTokenVerifier>().VerifyAsync(accessToken.Reveal(), Stop);

    /// <summary>Whether the token is good once this instance has heard of all that was committed.</summary>
    public static async Task<bool> IsGoodAsync(this CoreHost core, IssuedAccess access)
    {
        await core.Get<ChangeFeed>().CatchUpAsync(Stop);
        return (await core.TryVerifyAsync(access.AccessToken)).Succeeded;
    }

    /// <summary>The actor that the token stands for.</summary>
    public static async Task<Actor> ActorOfAsync(this CoreHost core, IssuedAccess access) => (await core.TryVerifyAsync(access.AccessToken)).Value!.ToActor(Program);

    public static async Task<MemberSession> SessionOfAsync(this CoreHost core, IssuedAccess access)
    {
        var payload = Part(access.AccessToken, 1);
        await using var db = core.Db.Open(Guid.Parse(payload["tid"]!.GetValue<string>()));
        var id = Guid.Parse(payload["sid"]!.GetValue<string>());
        return await db.Set<MemberSession>().AsNoTracking().SingleAsync(session => session.Id == id, Stop);
    }

    /// <summary>The header (0) or the claims (1) of a JWT.</summary>
    public static JsonObject Part(Secret jwt, int number) => (JsonObject)JsonNode.Parse(Base64Url.DecodeFromChars(jwt.Reveal().Split('.')[number]))!;

    public static string Encode(JsonNode part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private static IssuedAccess Good(Result<IssuedAccess> result)
    {
        Assert.True(result.Succeeded, result.Error?.ToString());
        return result.Value;
    }
}
