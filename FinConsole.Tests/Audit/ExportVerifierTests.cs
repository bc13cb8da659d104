using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Export;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>Ten thousand damaged copies of one export against a checkpoint that was kept elsewhere: offline verification finds every one.</summary>
public sealed class ExportVerifierTests : IDisposable
{
    private const int Size = 25;
    private const int CopiesOfEachKind = 2000;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Random _dice = new(20260302);
    private readonly List<AuditEntry> _log = AuditSamples.Log(Size);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Finds_an_untouched_export_intact()
    {
        var lines = await LinesAsync();

        Assert.Equal(new AuditVerdict(Size, null), await VerifyAsync(lines));
        Assert.Equal(new AuditVerdict(Size, null), await VerifyAsync(lines, CheckpointOf(Size / 2)));
    }

    [Fact]
    public async Task Finds_every_single_byte_that_was_changed_removed_or_added()
    {
        var export = await AuditExports.WriteAsync(AuditSamples.Tenant, _log);
        var missed = new List<string>();
        for (var copy = 0; copy < 1000; copy++)
        {
            var (at, value) = (_dice.Next(export.Length), (byte)_dice.Next(256));
            byte[] damaged = (copy % 4) switch
            {
                0 => [.. export[..at], (byte)(export[at] ^ (1 << _dice.Next(8))), .. export[(at + 1)..]],
                1 => [.. export[..at], value == export[at] ? (byte)(value + 1) : value, .. export[(at + 1)..]],
                2 => [.. export[..at], .. export[(at + 1)..]],
                _ => [.. export[..at], copy % 8 == 3 ? value : " \t\r\n"u8[_dice.Next(4)], .. export[at..]],
            };
            if ((await VerifyBytesAsync(damaged, CheckpointOf(Size - 5))).Intact)
                missed.Add($"{copy % 4}: byte {at}");
        }

        Assert.Empty(missed);
    }

    [Theory]
    [InlineData("a byte order mark", 1)]
    [InlineData("other line ends", 1)]
    [InlineData("no end of the last line", Size)]
    [InlineData("a blank in a line", 4)]
    [InlineData("metadata as text", 4)]
    [InlineData("an escape", 4)]
    [InlineData("another order of properties", 4)]
    [InlineData("a number in another spelling", 4)]
    public async Task Names_the_first_entry_that_is_not_written_as_an_export_writes_it(string how, long first)
    {
        var lines = await LinesAsync();
        var plain = lines[3];
        lines[3] = how switch
        {
            "a blank in a line" => plain.Replace("\"sequence\":4,", "\"sequence\": 4,", StringComparison.Ordinal),
            "metadata as text" => plain.Replace("""{"name":"Billing"}""", """
                "{\"name\":\"Billing\"}"
                """, StringComparison.Ordinal),
            "an escape" => plain.Replace("\"Billing\",\"result", "\"\\u0042illing\",\"result", StringComparison.Ordinal),
            "another order of properties" => plain.Replace("\"ip\":\"203.0.113.7\",\"userAgent\":null", "\"userAgent\":null,\"ip\":\"203.0.113.7\"", StringComparison.Ordinal),
            "a number in another spelling" => plain.Replace("\"sequence\":4,", "\"sequence\":4e0,", StringComparison.Ordinal),
            _ => plain,
        };
        Assert.Equal(first == 4, plain != lines[3]);
        var text = string.Concat(lines.Select(line => line + (how == "other line ends" ? "\r\n" : "\n")));
        var bytes = Encoding.UTF8.GetBytes(how == "a byte order mark" ? "\uFEFF" + text : how == "no end of the last line" ? text[..^1] : text);

        var fault = (await VerifyBytesAsync(bytes, CheckpointOf(Size))).Fault;

        Assert.Equal(new AuditFault(first, how == "a number in another spelling" ? AuditFaultKind.NotAnEntry : AuditFaultKind.NotAsExported), fault);
    }

    [Fact]
    public async Task Takes_no_blank_line()
    {
        var lines = await LinesAsync();

        Assert.Equal(new AuditFault(4, AuditFaultKind.NotAnEntry), (await VerifyAsync([.. lines[..3], "", .. lines[3..]])).Fault);
        Assert.Equal(new AuditFault(Size + 1, AuditFaultKind.NotAnEntry), (await VerifyAsync([.. lines, ""])).Fault);
    }

    [Fact]
    public async Task Finds_every_edited_line() => await EachAsync(lines =>
    {
        var at = _dice.Next(Size);
        var line = JsonNode.Parse(lines[at])!.AsObject();
        var name = line.Select(pair => pair.Key).ElementAt(_dice.Next(line.Count));
        line[name] = Another(line[name], name);
        lines[at] = line.ToJsonString();
        return at + 1;
    });

    [Theory]
    [InlineData("tenantId")]
    [InlineData("actorId")]
    [InlineData("resourceId")]
    [InlineData("link")]
    public async Task Finds_another_spelling_of_the_same_value(string name)
    {
        var lines = await LinesAsync();
        var at = lines.FindIndex(text => JsonNode.Parse(text)![name] is not null);
        var line = JsonNode.Parse(lines[at])!.AsObject();
        line[name] = line[name]!.GetValue<string>().ToUpperInvariant();
        Assert.NotEqual(lines[at], line.ToJsonString());
        lines[at] = line.ToJsonString();

        Assert.Equal(new AuditVerdict(at, new AuditFault(at + 1, AuditFaultKind.NotAnEntry)), await VerifyAsync(lines));
    }

    [Fact]
    public async Task Finds_every_deleted_line() => await EachAsync(lines =>
    {
        var at = _dice.Next(Size);
        lines.RemoveAt(at);
        return at + 1;
    });

    [Fact]
    public async Task Finds_every_pair_of_lines_that_changed_places() => await EachAsync(lines =>
    {
        var (one, other) = (_dice.Next(Size), _dice.Next(Size - 1));
        other += other >= one ? 1 : 0;
        (lines[one], lines[other]) = (lines[other], lines[one]);
        return Math.Min(one, other) + 1;
    });

    [Fact]
    public async Task Finds_every_line_that_was_slipped_in() => await EachAsync(lines =>
    {
        var at = _dice.Next(Size);
        var made = JsonNode.Parse(lines[_dice.Next(Size)])!.AsObject();
        if (_dice.Next(2) == 0)
            made["sequence"] = at + 1;
        made["actorName"] = "mallory@evil.example";
        lines.Insert(at, made.ToJsonString());
        return at + 1;
    });

    [Fact]
    public async Task Finds_every_tail_that_was_cut_off_and_a_past_written_anew() => await EachAsync(lines =>
    {
        var kept = _dice.Next(Size);
        lines.RemoveRange(kept, Size - kept);
        if (_dice.Next(2) == 0)
            return Size;
        // Links need no key: a whole new tail hangs together, but it is not what the checkpoint saw.
        var log = _log[..kept];
        while (log.Count < Size)
        {
            var entry = AuditSamples.With(AuditSamples.Entry(log.Count + 1, []), AuditSamples.Columns.Single(column => column.Name == "ResourceName"), $"Rewritten {_dice.Next()}");
            log.Add(AuditSamples.With(entry, AuditSamples.Columns.Single(column => column.Name == "Link"), Core.AuditLog.Chain.AuditChain.LinkOf(log.Count == 0 ? Core.AuditLog.Chain.AuditChain.Origin : log[^1].Link, entry)));
        }

        lines.AddRange(Encoding.UTF8.GetString(AuditExports.WriteAsync(AuditSamples.Tenant, log[kept..]).GetAwaiter().GetResult()).TrimEnd('\n').Split('\n'));
        return Size;
    });

    [Fact]
    public async Task Finds_a_single_letter_that_was_changed_wherever_it_stands()
    {
        var lines = await LinesAsync();
        for (var at = 0; at < lines[7].Length; at++)
        {
            var changed = lines.ToList();
            changed[7] = $"{lines[7][..at]}{(char)(lines[7][at] ^ 1)}{lines[7][(at + 1)..]}";
            Assert.Equal(8, (await VerifyAsync(changed)).Fault?.Sequence);
        }
    }

    [Fact]
    public async Task Says_when_a_line_is_no_entry_or_another_tenants()
    {
        var lines = await LinesAsync();
        foreach (var junk in new[] { "{}", "[]", "null", "\0", "not json", lines[3].Replace("\"ip\"", "\"IP\"", StringComparison.Ordinal), lines[3][..^1] + ",\"sequence\":4}", lines[3][..^1] + ",\"more\":1}" })
            Assert.Equal(new AuditFault(4, AuditFaultKind.NotAnEntry), (await VerifyAsync([.. lines[..3], junk, .. lines[4..]])).Fault);
        var foreign = lines[3].Replace(AuditSamples.Tenant.ToString("D"), Guid.Empty.ToString("D"), StringComparison.Ordinal);
        Assert.Equal(new AuditFault(4, AuditFaultKind.ForeignEntry), (await VerifyAsync([.. lines[..3], foreign, .. lines[4..]])).Fault);
        Assert.Equal(AuditFaultKind.NotAnEntry, (await VerifyBytesAsync(new byte[3 * 1024 * 1024], CheckpointOf(Size))).Fault?.Kind);
        Assert.Equal(new AuditFault(Size, AuditFaultKind.TailCut), (await VerifyBytesAsync([], CheckpointOf(Size))).Fault);
    }

    [Fact]
    public async Task Refuses_a_checkpoint_that_another_key_signed_or_that_was_changed()
    {
        var lines = await LinesAsync();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var checkpoint = CheckpointOf(Size);
        var forged = checkpoint with { Signature = Convert.ToBase64String(stranger.SignData(checkpoint.SignedBytes(), HashAlgorithmName.SHA256)) };

        Assert.Equal(AuditFaultKind.CheckpointForeign, (await VerifyAsync(lines, forged)).Fault?.Kind);
        Assert.Equal(AuditFaultKind.CheckpointForeign, (await VerifyAsync(lines, checkpoint with { Size = Size - 1 })).Fault?.Kind);
    }

    [Fact]
    public async Task Takes_whatever_a_log_may_hold()
    {
        var log = new List<AuditEntry>();
        foreach (var text in NaughtyStrings.All.Values.Select(text => Core.Common.PlainText.ForStorage(text, AuditEntry.LongestName)))
        {
            var shape = new AuditShape(ResourceName: text, Actor: text, Metadata: new AuditDetails().With(AuditField.Name, text).ToJson());
            var entry = shape.ToEntry(AuditSamples.Tenant, log.Count + 1, new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddTicks(log.Count));
            entry.Link = Core.AuditLog.Chain.AuditChain.LinkOf(log.Count == 0 ? Core.AuditLog.Chain.AuditChain.Origin : log[^1].Link, entry);
            log.Add(entry);
        }

        var export = await AuditExports.WriteAsync(AuditSamples.Tenant, log);

        Assert.Equal(new AuditVerdict(log.Count, null), await VerifyBytesAsync(export, CheckpointOf(log, log.Count)));
    }

    private async Task EachAsync(Func<List<string>, int> damage)
    {
        var lines = await LinesAsync();
        var checkpoint = CheckpointOf(Size);
        var clock = Stopwatch.StartNew();
        for (var copy = 0; copy < CopiesOfEachKind; copy++)
        {
            var damaged = lines.ToList();
            var first = damage(damaged);
            var fault = (await VerifyAsync(damaged, checkpoint)).Fault;
            Assert.Equal(first, fault?.Sequence);
        }

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
    }

    // A value that says something else.
    private JsonNode? Another(JsonNode? value, string name) => (name, value?.GetValueKind()) switch
    {
        ("sequence", _) => value!.GetValue<long>() + 1 + _dice.Next(5),
        ("metadata", _) => new JsonObject { ["name"] = $"Other {_dice.Next()}" },
        (_, null) => name == "resourceId" ? Guid.NewGuid().ToString("D") : "x",
        ("at", _) => value!.GetValue<string>() is var at && at[^2] == '9' ? at[..^2] + "8Z" : at[..^2] + (char)(at[^2] + 1) + "Z",
        ("tenantId" or "actorId" or "resourceId", _) => Guid.NewGuid().ToString("D"),
        ("action", _) => "tenant.close",
        ("actorKind", _) => "system",
        ("resource", _) => "policy",
        ("result", _) => "failure",
        ("link", _) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
        _ => value!.GetValue<string>() + (char)('a' + _dice.Next(26)),
    };

    private async Task<List<string>> LinesAsync() => [.. Encoding.UTF8.GetString(await AuditExports.WriteAsync(AuditSamples.Tenant, _log)).TrimEnd('\n').Split('\n')];

    private Task<AuditVerdict> VerifyAsync(IEnumerable<string> lines, AuditCheckpoint? checkpoint = null) =>
        VerifyBytesAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), checkpoint ?? CheckpointOf(Size));

    private async Task<AuditVerdict> VerifyBytesAsync(byte[] export, AuditCheckpoint checkpoint)
    {
        using var stream = new MemoryStream(export);
        return await ExportVerifier.VerifyAsync(stream, checkpoint, _key.ExportSubjectPublicKeyInfo(), Stop);
    }

    private AuditCheckpoint CheckpointOf(int size) => CheckpointOf(_log, size);

    private AuditCheckpoint CheckpointOf(List<AuditEntry> log, int size)
    {
        var unsigned = new AuditCheckpoint(AuditSamples.Tenant, size, Convert.ToHexStringLower(log[size - 1].Link), log[size - 1].At, Guid.Empty, Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()), "");
        return unsigned with { Signature = Convert.ToBase64String(_key.SignData(unsigned.SignedBytes(), HashAlgorithmName.SHA256)) };
    }
}
