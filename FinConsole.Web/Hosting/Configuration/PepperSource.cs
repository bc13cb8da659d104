using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.Data.KeyRing;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>Reads the pepper from <c>Pepper:Value</c> or <c>Pepper:File</c>: 32 bytes in Base64. Development makes the file on first start.</summary>
internal static class PepperSource
{
    public static Pepper? Read(IConfiguration configuration, ConsoleFolders folders, bool development, Faults faults)
    {
        if (configuration["Pepper:Value"] is { Length: > 0 } value)
            return Parse(value, faults);

        var path = configuration["Pepper:File"] is { Length: > 0 } configured ? folders.Resolve(configured) : null;
        if (development)
        {
            path ??= Path.Combine(folders.Data, "pepper");
            if (!File.Exists(path))
                SecretFile.WriteOnce(path, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Pepper.Length))));
        }

        if (path is null || !File.Exists(path))
        {
            faults.Add(ConfigurationTexts.PepperMissing);
            return null;
        }

        if (SecretFile.IsOpenToOthers(path))
            faults.Add(Texts.Format(ConfigurationTexts.FileOpenToOthers, path));
        return Parse(File.ReadAllText(path), faults);
    }

    private static Pepper? Parse(string text, Faults faults)
    {
        var bytes = new byte[Pepper.Length + 1];
        if (Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length == Pepper.Length)
            return new Pepper(bytes[..Pepper.Length]);
        faults.Add(ConfigurationTexts.PepperMalformed);
        return null;
    }
}
