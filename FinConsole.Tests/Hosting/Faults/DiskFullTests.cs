using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting.Faults;

/// <summary>The database on a small file system of its own (tmpfs, in a mount namespace that ends with the server), filled to the last byte.</summary>
[Collection(Alone.Name)]
public sealed class DiskFullTests
{
    private const string Mount = """mount -t tmpfs -o size=16m tmpfs "$0/small" && cp "$0"/test.db* "$0/small/" && exec "$@" """;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Changes_are_refused_whole_verification_goes_on_and_space_alone_brings_changes_back()
    {
        using var installation = await SeededInstallation.MakeAsync();
        var folder = installation.Process.Folder;
        Directory.CreateDirectory(Path.Combine(folder, "small"));
        installation.Process.Settings["ConnectionStrings__FinConsole"] = $"Data Source={folder}/small/test.db";
        installation.Process.Wrapper = ["unshare", "-rm", "sh", "-c", Mount, folder];
        await using var server = await installation.Process.ServeAsync();
        using var client = new HttpClient { BaseAddress = server.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", installation.Access);
        var acknowledged = new Acknowledged();
        Assert.Equal(HttpStatusCode.OK, await EditAsync(client, installation, acknowledged, 1));

        var small = $"/proc/{server.ProcessId}/root{folder}/small";
        Fill(Path.Combine(small, "filler"));
        // The write-ahead log may have room left for a little.
        var number = 2;
        await UntilAsync(HttpStatusCode.ServiceUnavailable, () => EditAsync(client, installation, acknowledged, number++));
        for (var more = 0; more < 5; more++)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await EditAsync(client, installation, acknowledged, number++));
            Assert.Equal(HttpStatusCode.OK, await VerifyAsync(server.Url, installation));
        }

        File.Delete(Path.Combine(small, "filler"));
        await UntilAsync(HttpStatusCode.OK, () => EditAsync(client, installation, acknowledged, number++));
        installation.Process.Settings["ConnectionStrings__FinConsole"] = $"Data Source={await CopyAsync(server, small, Path.Combine(folder, "copy"))}";
        await Survivors.CheckAsync(installation, acknowledged);
    }

    // The file system ends with the server, which stands still meanwhile; SQLite itself does not find its way into another's mounts.
    private static async Task<string> CopyAsync(ServedConsole server, string small, string copy)
    {
        await Programs.RunAsync("kill", ["-STOP", server.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Directory.CreateDirectory(copy);
        foreach (var file in new[] { "test.db", "test.db-wal" })
            File.Copy(Path.Combine(small, file), Path.Combine(copy, file));
        return Path.Combine(copy, "test.db");
    }

    // As the kernel says it: what does not fit any more is not there.
    private static void Fill(string path)
    {
        using var filler = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
                filler.Write(block);
        }
        catch (IOException)
        {
        }
    }

    private static async Task UntilAsync(HttpStatusCode wanted, Func<Task<HttpStatusCode>> act)
    {
        var begun = Stopwatch.GetTimestamp();
        while (await act() is var status && status != wanted)
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, $"{status}, not {wanted}");
    }

    private static async Task<HttpStatusCode> EditAsync(HttpClient client, SeededInstallation installation, Acknowledged acknowledged, int number)
    {
        var holder = $"Holder {number}";
        using var answer = await client.PatchAsJsonAsync($"/api/v1/tokens/{installation.Token.Token.Id}", new { holder }, Stop);
        if (answer.IsSuccessStatusCode)
            acknowledged.Edited[installation.Token.Token.Id] = holder;
        else
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> VerifyAsync(Uri url, SeededInstallation installation)
    {
        using var client = new HttpClient { BaseAddress = url };
        using var request = ApiConsole.Get(
            "/api/v1/authorize", ("X-Auth-Token", installation.Token.Secret.Reveal()), ("X-Original-URI", "/v1/payments"), ("X-Original-Method", "GET"));
        using var answer = await client.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}
