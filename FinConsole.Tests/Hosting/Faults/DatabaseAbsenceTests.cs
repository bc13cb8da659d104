using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting.Faults;

/// <summary>PostgreSQL restarted while a gateway asks about tokens that are good all the time.</summary>
[Collection(Alone.Name)]
public sealed class DatabaseAbsenceTests
{
    [Fact]
    public async Task A_good_token_is_let_through_before_while_and_after_the_database_is_restarted()
    {
        await using var cluster = await PostgreSqlCluster.StartNewAsync();
        await using var database = new TestDatabase(DatabaseProvider.PostgreSql, cluster.ConnectionString, () => Task.CompletedTask);
        using var installation = await SeededInstallation.MakeAsync(database);
        await using var server = await installation.Process.ServeAsync();
        using var member = new HttpClient { BaseAddress = server.Url };
        member.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", installation.Access);
        var (id, secret) = await CreateAsync(member, installation);
        var load = new ChangeLoad(installation, new Acknowledged());
        var refused = new ConcurrentQueue<string>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var changing = load.RunAsync(server.Url, stop.Token);
        var editing = EditAsync(member, id, stop.Token);
        var asked = new Counter();
        var asking = Enumerable.Range(0, 3).Select(_ => AskAsync(server.Url, secret, asked, refused, stop.Token)).ToList();

        for (var number = 0; number < 3; number++)
        {
            await asked.WaitForMoreAsync(500);
            await cluster.StopAsync();
            await asked.WaitForMoreAsync(500);
            await cluster.StartAsync();
        }

        await asked.WaitForMoreAsync(500);
        await stop.CancelAsync();
        await Task.WhenAll([changing, editing, .. asking]);
        Assert.True(refused.IsEmpty, $"{refused.Count}: " + string.Join('\n', refused.Take(20)));
    }

    private static async Task<(Guid Id, string Secret)> CreateAsync(HttpClient member, SeededInstallation installation)
    {
        var body = new
        {
            name = "Good all the time",
            environment = "production",
            expiry = "24h",
            scopes = new[] { "read:*" },
            cashier = new { email = installation.Tenant.Cashier.Email, password = TestMember.Password },
        };
        using var answer = await member.PostAsJsonAsync("/api/v1/tokens", body, Stop);
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (made.GetProperty("id").GetGuid(), made.GetProperty("secret").GetString()!);
    }

    // The holder's name: nothing that a decision depends on.
    private static Task EditAsync(HttpClient member, Guid token, CancellationToken stop) => Task.Run(
        async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
                using (await member.PatchAsJsonAsync($"/api/v1/tokens/{token}", new { holder = string.Create(CultureInfo.InvariantCulture, $"Holder {number}") }, CancellationToken.None))
                    await Task.Yield();
        },
        CancellationToken.None);

    private static Task AskAsync(Uri url, string secret, Counter asked, ConcurrentQueue<string> refused, CancellationToken stop) => Task.Run(
        async () =>
        {
            using var client = new HttpClient { BaseAddress = url };
            while (!stop.IsCancellationRequested)
            {
                using var request = ApiConsole.Get("/api/v1/authorize", ("X-Auth-Token", secret), ("X-Original-URI", "/v1/payments"), ("X-Original-Method", "GET"));
                using var answer = await client.SendAsync(request, CancellationToken.None);
                if (!answer.IsSuccessStatusCode)
                    refused.Enqueue($"{(int)answer.StatusCode} {string.Join(',', answer.Headers.Select(header => header.Key + "=" + string.Join(' ', header.Value)))}");
                asked.Add();
            }
        },
        CancellationToken.None);

    private sealed class Counter
    {
        private readonly Lock _lock = new();
        private (int At, TaskCompletionSource Reached) _goal = (int.MaxValue, new());
        private int _count;

        public void Add()
        {
            lock (_lock)
            {
                if (++_count == _goal.At)
                    _goal.Reached.SetResult();
            }
        }

        public Task WaitForMoreAsync(int count)
        {
            lock (_lock)
            {
                _goal = (_count + count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                return _goal.Reached.Task;
            }
        }
    }
}
