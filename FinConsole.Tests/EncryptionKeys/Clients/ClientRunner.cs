using System.Security.Cryptography;
using System.Text;
using FinConsole.Tests.Fixtures;

namespace FinConsole.Tests.EncryptionKeys.Clients;

/// <summary>How a client's program is run.</summary>
public enum ClientTool
{
    Shell,
    Php,
    Ruby,
    Perl,
    Python,
    Node,
    Java,
    CSharp,
}

/// <summary>
/// Runs a client's program with a public key beside it (public.pem, and DER in public.der); the secret comes on standard input, and
/// the ciphertext goes out in Base64.
/// </summary>
internal static class ClientRunner
{
    public static async Task<string> RunAsync(ClientTool tool, string source, byte[] publicKey, string secret)
    {
        var folder = Directory.CreateTempSubdirectory("finconsole-client-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "public.pem"), PemEncoding.WriteString("PUBLIC KEY", publicKey) + "\n", Stop);
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "public.der"), publicKey, Stop);
            if (tool == ClientTool.Node)
                Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "node_modules"), await NpmPackages.FolderAsync("EncryptionKeys"));
            if (tool == ClientTool.CSharp)
            {
                using var sample = new SampleRunner();
                return await sample.RunAsync("csharp", source.Replace("public.pem", Path.Combine(folder.FullName, "public.pem"), StringComparison.Ordinal), secret);
            }

            var (file, program, arguments) = Command(tool);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, file), source, Stop);
            return Encoding.ASCII.GetString(await Programs.RunAsync(program, [.. arguments, file], Encoding.UTF8.GetBytes(secret), folder.FullName)).Trim();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (string File, string Program, string[] Arguments) Command(ClientTool tool) => tool switch
    {
        ClientTool.Shell => ("client.sh", "sh", []),
        ClientTool.Php => ("client.php", "php", []),
        ClientTool.Ruby => ("client.rb", "ruby", []),
        ClientTool.Perl => ("client.pl", "perl", []),
        // Debian's, which has Debian's packages: the first one in the path may be somebody's own.
        ClientTool.Python => ("client.py", "/usr/bin/python3", []),
        ClientTool.Node => ("client.mjs", "node", []),
        ClientTool.Java => ("Client.java", "java", ["-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", "/usr/share/java/bcprov.jar"]),
        ClientTool.CSharp => throw new ArgumentOutOfRangeException(nameof(tool), tool, "Compiled by SampleRunner."),
    };
}
