using System.CommandLine;
using System.Security.Cryptography;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Export;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Commands;

/// <summary>
/// <c>audit verify-export</c>, which needs no installation at all: an export, a checkpoint and the public key can be taken to any machine.
/// And <c>audit public-key</c>, by which the operator gets that key.
/// </summary>
internal static class AuditExportCommands
{
    private const int LongestKeyFile = 64 * 1024;

    public static Command MakeVerifyExport()
    {
        var export = new Option<string>("--export") { Description = CommandTexts.VerifyExportFile, Required = true };
        var checkpoint = new Option<string>("--checkpoint") { Description = CommandTexts.VerifyCheckpoint, Required = true };
        var key = new Option<string>("--public-key") { Description = CommandTexts.VerifyExportKey, Required = true };
        var command = new Command("verify-export", CommandTexts.VerifyExport) { export, checkpoint, key };
        command.SetAction((parsed, cancellationToken) => VerifyAsync(parsed.GetRequiredValue(export), parsed.GetRequiredValue(checkpoint), parsed.GetRequiredValue(key), cancellationToken));
        return command;
    }

    public static Command MakePublicKey()
    {
        var command = new Command("public-key", CommandTexts.PublicKey);
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var services = CommandHost.Start();
            await Console.Out.WriteLineAsync(await services.GetRequiredService<CheckpointSigner>().PublicKeyAsync(cancellationToken));
            return 0;
        });
        return command;
    }

    private static async Task<int> VerifyAsync(string exportFile, string checkpointFile, string keyFile, CancellationToken cancellationToken)
    {
        var checkpoint = await AuditCommands.ReadCheckpointAsync(CommandHost.Resolve(checkpointFile), cancellationToken);
        var key = ReadKey(Existing(keyFile));
        await using var export = File.OpenRead(Existing(exportFile));
        var verdict = await ExportVerifier.VerifyAsync(export, checkpoint, key, cancellationToken);
        if (verdict.Fault is { } fault)
        {
            await Console.Out.WriteLineAsync(Texts.Format(CommandTexts.ExportBroken, fault.Kind == AuditFaultKind.CheckpointForeign ? CommandTexts.CheckpointNotSigned : fault.Describe()));
            return 1;
        }

        var beyond = verdict.Entries - checkpoint.Size;
        await Console.Out.WriteLineAsync(Texts.Format(CommandTexts.ExportIntact, verdict.Entries, checkpoint.TenantId.ToString("D"), checkpoint.Size, checkpoint.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture)));
        if (beyond > 0)
            await Console.Out.WriteLineAsync(Texts.Format(CommandTexts.ExportBeyond, beyond));
        return 0;
    }

    private static string Existing(string file)
    {
        var path = CommandHost.Resolve(file);
        return File.Exists(path) ? path : throw new StartRefusedException(Texts.Format(CommandTexts.NoSuchFile, path));
    }

    // PEM, Base64 or DER of a SubjectPublicKeyInfo.
    private static byte[] ReadKey(string path)
    {
        var bytes = new FileInfo(path).Length <= LongestKeyFile ? File.ReadAllBytes(path) : [];
        var text = System.Text.Encoding.UTF8.GetString(bytes).Trim();
        using var key = ECDsa.Create();
        try
        {
            if (text.Contains("-----BEGIN", StringComparison.Ordinal))
                key.ImportFromPem(text);
            else
                key.ImportSubjectPublicKeyInfo(bytes is [0x30, ..] ? bytes : Convert.FromBase64String(text), out _);
            return key.ExportSubjectPublicKeyInfo();
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException or ArgumentException)
        {
            throw new StartRefusedException(Texts.Format(CommandTexts.NotAPublicKey, path));
        }
    }
}
