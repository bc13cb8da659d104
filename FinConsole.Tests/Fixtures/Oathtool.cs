using System.Globalization;
using System.Text;

namespace FinConsole.Tests.Fixtures;

/// <summary>OATH Toolkit's <c>oathtool</c> (Debian): an authenticator that shares no line with ours.</summary>
internal static class Oathtool
{
    /// <summary>The six digits that it shows at a time. The secret goes in by standard input: command lines are everybody's to read.</summary>
    public static async Task<string> ShowAsync(string base32, DateTimeOffset at)
    {
        string[] arguments = ["--totp", "--base32", "--now", at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture), "-"];
        return Encoding.ASCII.GetString(await Programs.RunAsync("oathtool", arguments, Encoding.ASCII.GetBytes(base32 + "\n"))).Trim();
    }
}
