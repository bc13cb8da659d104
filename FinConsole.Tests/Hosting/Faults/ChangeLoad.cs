using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using FinConsole.Tests.Fixtures;

namespace FinConsole.Tests.Hosting.Faults;

/// <summary>
/// Clients that create, rotate, edit and invalidate tokens over HTTP as fast as they get answers, until the server is gone. Each change
/// is an audit entry too.
/// </summary>
internal sealed class ChangeLoad(SeededInstallation installation, Acknowledged acknowledged)
{
    private static int _number;

    private readonly Channel<(Guid Id, string Secret)> _chains = Begun((installation.Token.Token.Id, installation.Token.Secret.Reveal()));
    private readonly Channel<(Guid Id, string Secret)> _victims = Channel.CreateUnbounded<(Guid Id, string Secret)>();

    /// <summary>Runs against this server until it is gone or the token says stop.</summary>
    public async Task RunAsync(Uri url, CancellationToken stop)
    {
        using var member = new HttpClient { BaseAddress = url };
        member.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", installation.Access);
        using var tokens = new HttpClient { BaseAddress = url };
        await Task.WhenAll(
            UntilGoneAsync(() => CreateAsync(member, stop), stop), UntilGoneAsync(() => RotateAsync(tokens, stop), stop),
            UntilGoneAsync(() => RotateAsync(tokens, stop), stop), UntilGoneAsync(() => EndAsync(member, stop), stop));
    }

    private static Task UntilGoneAsync(Func<Task> work, CancellationToken stop) => Task.Run(
        async () =>
        {
            try
            {
                while (!stop.IsCancellationRequested)
                    await work();
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
            {
                // The server is gone. What it had not answered may be done or not.
            }
        },
        CancellationToken.None);

    private async Task CreateAsync(HttpClient member, CancellationToken stop)
    {
        var body = new
        {
            name = string.Create(CultureInfo.InvariantCulture, $"Load {Interlocked.Increment(ref _number)}"),
            environment = "development",
            expiry = "24h",
            scopes = new[] { "read:*", "rotate:self" },
            cashier = new { email = installation.Tenant.Cashier.Email, password = TestMember.Password },
        };
        using var answer = await member.PostAsJsonAsync("/api/v1/tokens", body, stop);
        if (await ReadAsync(answer, stop) is not { } made)
            return;
        acknowledged.Created[made.Id] = made.Secret;
        (_victims.Reader.Count < 2 ? _victims : _chains).Writer.TryWrite(made);
    }

    private async Task RotateAsync(HttpClient client, CancellationToken stop)
    {
        var current = await _chains.Reader.ReadAsync(stop);
        using var request = ApiConsole.Request(HttpMethod.Post, "/user/regenerate-api-key", null, ("Authorization", "Bearer " + current.Secret));
        using var answer = await client.SendAsync(request, stop);
        if (await ReadAsync(answer, stop) is not { } made)
            return;
        acknowledged.Rotated[made.Id] = made.Secret;
        using var use = ApiConsole.Get("/api/v1/whoami", ("Authorization", "Bearer " + made.Secret));
        using var used = await client.SendAsync(use, stop);
        if (used.IsSuccessStatusCode)
            _chains.Writer.TryWrite(made);
    }

    private async Task EndAsync(HttpClient member, CancellationToken stop)
    {
        var victim = await _victims.Reader.ReadAsync(stop);
        for (var number = 0; number < 5; number++)
        {
            var holder = string.Create(CultureInfo.InvariantCulture, $"Holder {Interlocked.Increment(ref _number)}");
            using var edited = await member.PatchAsJsonAsync($"/api/v1/tokens/{victim.Id}", new { holder }, stop);
            if (edited.IsSuccessStatusCode)
                acknowledged.Edited[victim.Id] = holder;
        }

        using var ended = await member.PostAsJsonAsync($"/api/v1/tokens/{victim.Id}/invalidate", new { reason = "other" }, stop);
        if (ended.IsSuccessStatusCode)
            acknowledged.Invalidated[victim.Id] = victim.Secret;
    }

    private static Channel<(Guid Id, string Secret)> Begun((Guid Id, string Secret) first)
    {
        var channel = Channel.CreateUnbounded<(Guid Id, string Secret)>();
        channel.Writer.TryWrite(first);
        return channel;
    }

    private static async Task<(Guid Id, string Secret)?> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        if (!answer.IsSuccessStatusCode)
            return null;
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        return (made.GetProperty("id").GetGuid(), made.GetProperty("secret").GetString()!);
    }
}
