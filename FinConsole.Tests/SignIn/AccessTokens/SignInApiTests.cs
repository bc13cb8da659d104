using System.Net;
using System.Net.Http.Json;
using System.Text;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

public sealed class SignInApiTests(AccessWebConsole web) : IClassFixture<AccessWebConsole>
{
    private const string Login = "/api/v1/auth/login";
    private const string Refresh = "/api/v1/auth/refresh";

    [Fact]
    public async Task Signing_in_answers_a_pair_that_works_and_is_renewed()
    {
        var (_, email) = await web.NewMemberAsync(Role.Developer);
        var program = web.Program();
        var answer = await program.PostAsJsonAsync(Login, new { email, password = WebConsole.Password }, Stop);
        var pair = await AccessWebConsole.ReadAsync(answer, HttpStatusCode.OK);
        Assert.Equal(["accessToken", "expiresIn", "refreshToken", "tokenType"], pair.Select(member => member.Key).Order());
        Assert.Equal((3600, "Bearer"), (pair["expiresIn"]!.GetValue<int>(), pair["tokenType"]!.GetValue<string>()));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());

        var renewed = await AccessWebConsole.ReadAsync(
            await program.PostAsJsonAsync(Refresh, new { refreshToken = pair["refreshToken"]!.GetValue<string>() }, Stop), HttpStatusCode.OK);

        program.DefaultRequestHeaders.Authorization = new("Bearer", renewed["accessToken"]!.GetValue<string>());
        var who = await AccessWebConsole.ReadAsync(await program.GetAsync("/api/v1/whoami", Stop), HttpStatusCode.OK);
        Assert.Equal(("member", email, "developer"), (who["kind"]!.GetValue<string>(), who["member"]!["email"]!.GetValue<string>(), who["member"]!["role"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Every_wrong_credential_is_answered_alike_and_a_missing_code_by_name()
    {
        var signedIn = await web.NewProgramAsync(Role.Developer);
        var program = web.Program();
        await RefusedAsync(new { email = "nobody@acme.example", password = "wrong" }, "invalid_credentials");
        var refused = await RefusedAsync(new { email = signedIn.Email, password = "wrong" }, "invalid_credentials");
        Assert.Equal("Bearer error=\"invalid_token\"", refused.Headers.WwwAuthenticate.ToString());
        await OwnAccountApiTests.EnrolAsync(signedIn);
        await RefusedAsync(new { email = signedIn.Email, password = WebConsole.Password }, "mfa_required");
        await RefusedAsync(new { email = signedIn.Email, password = WebConsole.Password, totp = "000000" }, "invalid_credentials");

        async Task<HttpResponseMessage> RefusedAsync(object body, string code)
        {
            var answer = await program.PostAsJsonAsync(Login, body, Stop);
            await AccessWebConsole.RefusedAsync(answer, HttpStatusCode.Unauthorized, code);
            return answer;
        }
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("{\"email\":\"a@b.example\"}", 400)]
    [InlineData("{\"email\":1,\"password\":\"x\"}", 400)]
    [InlineData("{\"email\":\"a@b.example\",\"password\":null}", 400)]
    [InlineData("{\"email\":\"a@b.example\",\"password\":\"x\",\"otp\":\"1\"}", 400)]
    [InlineData("[]", 400)]
    [InlineData("", 400)]
    [InlineData("{\"email\":\"a@b.example\",\"password\":\"\\ud800\"}", 400)]
    [InlineData("{\"email\":\"\\u0000\",\"password\":\"\\u0000\"}", 401)]
    public async Task A_body_that_is_not_the_documented_one_is_refused(string body, int status)
    {
        var answer = await web.Program().PostAsync(Login, new StringContent(body, Encoding.UTF8, "application/json"), Stop);

        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Another_type_of_body_is_refused()
    {
        var program = web.Program();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await program.PostAsync(Login, new FormUrlEncodedContent([new("email", "x")]), Stop)).StatusCode);
    }

    [Fact]
    public async Task A_refresh_token_that_comes_back_late_ends_the_session_with_its_access_token()
    {
        var signedIn = await web.NewProgramAsync(Role.Cashier);
        var second = await RefreshAsync(signedIn.RefreshToken);
        var third = await RefreshAsync(second);

        await AccessWebConsole.RefusedAsync(
            await web.Program().PostAsJsonAsync(Refresh, new { refreshToken = signedIn.RefreshToken }, Stop), HttpStatusCode.Unauthorized, "invalid_refresh_token");

        await AccessWebConsole.RefusedAsync(await web.Program().PostAsJsonAsync(Refresh, new { refreshToken = third }, Stop), HttpStatusCode.Unauthorized, "invalid_refresh_token");
        await AccessWebConsole.RefusedAsync(await signedIn.Http.GetAsync("/api/v1/whoami", Stop), HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task Signing_out_ends_both_tokens_at_once()
    {
        var signedIn = await web.NewProgramAsync(Role.SecurityReviewer);

        Assert.Equal(HttpStatusCode.NoContent, (await signedIn.Http.PostAsync("/api/v1/auth/logout", null, Stop)).StatusCode);

        await AccessWebConsole.RefusedAsync(await signedIn.Http.GetAsync("/api/v1/whoami", Stop), HttpStatusCode.Unauthorized, "invalid_token");
        await AccessWebConsole.RefusedAsync(await signedIn.Http.PostAsync("/api/v1/auth/logout", null, Stop), HttpStatusCode.Unauthorized, "invalid_token");
        await AccessWebConsole.RefusedAsync(
            await web.Program().PostAsJsonAsync(Refresh, new { refreshToken = signedIn.RefreshToken }, Stop), HttpStatusCode.Unauthorized, "invalid_refresh_token");
        await AccessWebConsole.RefusedAsync(await web.Program().PostAsync("/api/v1/auth/logout", null, Stop), HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task An_access_token_in_a_header_for_tokens_is_malformed_and_in_two_at_once_it_is_ambiguous()
    {
        var signedIn = await web.NewProgramAsync(Role.Developer);
        var program = web.Program();
        program.DefaultRequestHeaders.Add("X-Auth-Token", signedIn.AccessToken);
        await AccessWebConsole.RefusedAsync(await program.GetAsync("/api/v1/whoami", Stop), HttpStatusCode.BadRequest, "malformed_token");

        program.DefaultRequestHeaders.Authorization = new("Bearer", (await web.NewProgramAsync(Role.Developer)).AccessToken);

        await AccessWebConsole.RefusedAsync(await program.GetAsync("/api/v1/whoami", Stop), HttpStatusCode.BadRequest, "ambiguous_credentials");
    }

    [Fact]
    public async Task The_key_set_holds_public_parts_alone()
    {
        await web.NewProgramAsync(Role.Developer);

        var keys = (await AccessWebConsole.ReadAsync(await web.Program().GetAsync("/.well-known/jwks.json", Stop), HttpStatusCode.OK))["keys"]!.AsArray();

        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key!.AsObject().Select(member => member.Key).Order()));
    }

    private async Task<string> RefreshAsync(string refreshToken) =>
        (await AccessWebConsole.ReadAsync(await web.Program().PostAsJsonAsync(Refresh, new { refreshToken }, Stop), HttpStatusCode.OK))["refreshToken"]!.GetValue<string>();
}
