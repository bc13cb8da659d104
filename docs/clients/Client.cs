// A client of a FinConsole API token. .NET 10 or newer, nothing else.
//
// The token comes from the environment, and stands in no argument and no line of output:
//   FINCONSOLE_URL    https://console.example.com
//   FINCONSOLE_TOKEN  the API token
//   FINCONSOLE_TOKEN_FILE             optional: where a rotated token is kept; read first at the next start
//   FINCONSOLE_EMAIL, FINCONSOLE_PASSWORD   for "account" alone
//
//   dotnet run Client.cs whoami          whose token it is
//   dotnet run Client.cs encrypt         encrypts a PIN from standard input for this tenant
//   dotnet run Client.cs stream COUNT    so many requests, and the token's own rotation in the middle of them
//   dotnet run Client.cs account         signs in as a member, calls, refreshes the access token, and calls again

using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

var command = args.Length > 0 ? args[0] : "whoami";
if (command == "account")
{
    var account = await Account.SignInAsync();
    Console.WriteLine((await account.CallAsync(HttpMethod.Get, "/api/v1/whoami")).GetProperty("member").GetProperty("email"));
    await account.RefreshAsync();
    Console.WriteLine((await account.CallAsync(HttpMethod.Get, "/api/v1/whoami")).GetProperty("member").GetProperty("email"));
    await account.LogoutAsync();
    return 0;
}

var token = new Token(Api.TokenFile is { } kept && File.Exists(kept) ? File.ReadAllText(kept).Trim() : Api.Env("FINCONSOLE_TOKEN"));
if (command == "encrypt")
{
    using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
    Console.WriteLine(await EncryptAsync(token, input.ReadToEnd()));
}
else if (command == "stream")
{
    var count = int.Parse(args[1]);
    var good = await StreamAsync(token, count);
    var masked = (await token.CallAsync(HttpMethod.Get, "/api/v1/whoami")).GetProperty("token").GetProperty("masked");
    Console.WriteLine($"{good} answered, {count - good} failed, rotated to {masked}");
    return good == count ? 0 : 1;
}
else
{
    var me = await token.CallAsync(HttpMethod.Get, "/api/v1/whoami");
    Console.WriteLine($"{me.GetProperty("token").GetProperty("name")} of {me.GetProperty("tenant").GetProperty("name")}, {me.GetProperty("token").GetProperty("daysLeft")} days left");
}

return 0;

static async Task<string> EncryptAsync(Token token, string secret)
{
    var current = await token.CallAsync(HttpMethod.Get, "/api/v1/encryption-keys/current");
    using var rsa = RSA.Create();
    rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(current.GetProperty("publicKey").GetString()!), out _);
    return current.GetProperty("kid") + "\n" + Convert.ToBase64String(rsa.Encrypt(Encoding.UTF8.GetBytes(secret), RSAEncryptionPadding.OaepSHA256));
}

// Four at a time; the token is rotated when half of them are on their way.
static async Task<int> StreamAsync(Token token, int count)
{
    var good = 0;
    await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
    {
        if (number == count / 2)
            await token.RotateAsync();
        try
        {
            await token.CallAsync(HttpMethod.Get, "/api/v1/whoami");
            Interlocked.Increment(ref good);
        }
        catch (Exception failure) when (failure is Refused or HttpRequestException or TaskCanceledException)
        {
        }
    });
    return good;
}

/// <summary>The server said no; its code says why. Never holds a token.</summary>
sealed class Refused(int status, string? code) : Exception($"{status} {code}")
{
    public int Status { get; } = status;
}

static class Api
{
    const int Tries = 6;
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        BaseAddress = new Uri(Env("FINCONSOLE_URL", "http://localhost:5080")),
        Timeout = TimeSpan.FromSeconds(5),
    };

    public static string? TokenFile { get; } = Env("FINCONSOLE_TOKEN_FILE") is { Length: > 0 } file ? file : null;

    public static string Env(string name, string otherwise = "") => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : otherwise;

    /// <summary>One request, tried again while trying again can help. POSTs are repeated under one Idempotency-Key.</summary>
    public static async Task<JsonElement> SendAsync(HttpMethod method, string path, string? credential, string? body = null, string? idempotencyKey = null)
    {
        for (var attempt = 0; ; attempt++)
        {
            var last = attempt == Tries - 1;
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Accept.ParseAdd("application/json");
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            if (credential is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
            if (idempotencyKey is not null)
                request.Headers.Add("Idempotency-Key", idempotencyKey);
            try
            {
                using var answer = await Http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode)
                    return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
                if ((int)answer.StatusCode is not (429 or 502 or 503 or 504) || last)
                    throw new Refused((int)answer.StatusCode, CodeOf(text));
                await PauseAsync(attempt, answer.Headers.RetryAfter?.Delta ?? TimeSpan.Zero);
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !last)
            {
                // No connection, or no answer in time.
                await PauseAsync(attempt, TimeSpan.Zero);
            }
        }
    }

    // What the server asks for, and never less; beyond that exponential backoff with full jitter, so that clients spread out.
    static Task PauseAsync(int attempt, TimeSpan atLeast)
    {
        var backoff = Random.Shared.NextDouble() * Math.Min(LongestWait.TotalMilliseconds, 200 * Math.Pow(2, attempt));
        return Task.Delay(TimeSpan.FromMilliseconds(Math.Min(atLeast.TotalMilliseconds + backoff, 120_000)));
    }

    static string? CodeOf(string problem)
    {
        try
        {
            return JsonDocument.Parse(problem).RootElement.GetProperty("code").GetString();
        }
        catch (Exception failure) when (failure is JsonException or System.Collections.Generic.KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>The token in use. Requests under way during a rotation are sent again with the new one.</summary>
sealed class Token(string text)
{
    readonly SemaphoreSlim _rotating = new(1, 1);
    volatile string _text = text;

    public async Task<JsonElement> CallAsync(HttpMethod method, string path)
    {
        var used = _text;
        try
        {
            return await Api.SendAsync(method, path, used);
        }
        catch (Refused refusal) when (refusal.Status == 401)
        {
            await _rotating.WaitAsync();
            _rotating.Release();
            if (_text == used)
                throw;
            return await Api.SendAsync(method, path, _text);
        }
    }

    /// <summary>Create, keep, verify, switch. The new token's first use retires the old one.</summary>
    public async Task RotateAsync()
    {
        await _rotating.WaitAsync();
        try
        {
            var made = await Api.SendAsync(HttpMethod.Post, "/user/regenerate-api-key", _text, idempotencyKey: Guid.NewGuid().ToString());
            var secret = made.GetProperty("secret").GetString()!;
            Keep(secret);
            var verified = await Api.SendAsync(HttpMethod.Get, "/api/v1/whoami", secret);
            if (verified.GetProperty("token").GetProperty("id").GetString() != made.GetProperty("id").GetString())
                throw new InvalidOperationException("The new token is not the one that was made.");
            _text = secret;
        }
        finally
        {
            _rotating.Release();
        }
    }

    // Before the first use: whatever happens then, the next start has a token that works.
    static void Keep(string secret)
    {
        if (Api.TokenFile is not { } path)
            return;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using (var file = new FileStream(path + ".new", options))
        {
            file.Write(Encoding.ASCII.GetBytes(secret));
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".new", path, overwrite: true);
    }
}

/// <summary>A member's access token, refreshed before it expires.</summary>
sealed class Account
{
    string _access = "", _refresh = "";
    long _until;

    public static async Task<Account> SignInAsync()
    {
        var account = new Account();
        var body = $$"""{"email":"{{JsonEncodedText.Encode(Api.Env("FINCONSOLE_EMAIL"))}}","password":"{{JsonEncodedText.Encode(Api.Env("FINCONSOLE_PASSWORD"))}}"}""";
        account.Take(await Api.SendAsync(HttpMethod.Post, "/api/v1/auth/login", null, body));
        return account;
    }

    public async Task RefreshAsync() => Take(await Api.SendAsync(HttpMethod.Post, "/api/v1/auth/refresh", null, $$"""{"refreshToken":"{{JsonEncodedText.Encode(_refresh)}}"}"""));

    public async Task<JsonElement> CallAsync(HttpMethod method, string path)
    {
        if (Environment.TickCount64 > _until - 60_000)
            await RefreshAsync();
        return await Api.SendAsync(method, path, _access);
    }

    public Task LogoutAsync() => Api.SendAsync(HttpMethod.Post, "/api/v1/auth/logout", _access);

    void Take(JsonElement pair)
    {
        _access = pair.GetProperty("accessToken").GetString()!;
        _refresh = pair.GetProperty("refreshToken").GetString()!;
        _until = Environment.TickCount64 + (pair.GetProperty("expiresIn").GetInt64() * 1000);
    }
}
