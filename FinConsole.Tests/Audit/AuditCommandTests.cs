using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Audit.Checkpoints;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary><c>audit verify-export</c> on a machine that holds nothing but the program, an export, a checkpoint and a public key.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private const int Size = 30;
    private readonly string _folder = Directory.CreateTempSubdirectory("finconsole-offline-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Verifies_offline_and_exits_with_0_or_1()
    {
        var log = AuditSamples.Log(Size + 5);
        var unsigned = new AuditCheckpoint(AuditSamples.Tenant, Size, Convert.ToHexStringLower(log[Size - 1].Link), log[Size - 1].At, Guid.Empty, Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()), "");
        var checkpoint = unsigned with { Signature = Convert.ToBase64String(_key.SignData(unsigned.SignedBytes(), HashAlgorithmName.SHA256)) };
        await WriteAsync("checkpoint.json", checkpoint.ToJson());
        await WriteAsync("key.pem", _key.ExportSubjectPublicKeyInfoPem());
        await WriteAsync("key.txt", Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()) + "\n");
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await WriteAsync("stranger.pem", stranger.ExportSubjectPublicKeyInfoPem());
        var export = Encoding.UTF8.GetString(await AuditExports.WriteAsync(AuditSamples.Tenant, log));
        await WriteAsync("log.ndjson", export);
        await WriteAsync("edited.ndjson", export.Replace("\"sequence\":7,", "\"sequence\":7 ,", StringComparison.Ordinal).Replace("dmin@acme", "dmon@acme", StringComparison.Ordinal));
        await WriteAsync("cut.ndjson", string.Join('\n', export.Split('\n')[..20]) + "\n");

        var intact = $"Intact: 35 entries of tenant {AuditSamples.Tenant:D}. The first 30 are those that the checkpoint of 2026-03-02 09:00:30 UTC saw.\nThe 5 after them hang together, but no checkpoint speaks for them yet: verify with a later one.\n";
        Assert.Equal((0, intact, ""), await VerifyAsync("log.ndjson", "key.pem"));
        Assert.Equal((0, intact, ""), await VerifyAsync("log.ndjson", "key.txt"));
        Assert.Equal((1, "BROKEN. Entry 1 does not match its link: it, or the one before it, was altered.\n", ""), await VerifyAsync("edited.ndjson", "key.pem"));
        Assert.Equal((1, "BROKEN. The log should go on to entry 30: its tail was cut off.\n", ""), await VerifyAsync("cut.ndjson", "key.pem"));
        Assert.Equal((1, "BROKEN. The checkpoint was not signed with this key.\n", ""), await VerifyAsync("log.ndjson", "stranger.pem"));
        Assert.Equal((1, "", $"{Path.Combine(_folder, "log.ndjson")} holds no public key of the kind that signs checkpoints (ECDSA, PEM or Base64).\n"), await VerifyAsync("log.ndjson", "log.ndjson"));
        Assert.Equal((1, "", $"There is no file {Path.Combine(_folder, "nowhere.ndjson")}.\n"), await VerifyAsync("nowhere.ndjson", "key.pem"));
    }

    private Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(_folder, file), text, Stop);

    // Production, and not one setting: anything that needed the installation would refuse to start.
    private async Task<(int Code, string Output, string Errors)> VerifyAsync(string export, string key)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "FinConsole.Web.dll"), "audit", "verify-export", "--export", export, "--checkpoint", "checkpoint.json", "--public-key", key];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["PWD"] = _folder;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), (await errors).ReplaceLineEndings("\n"));
    }
}
