using FinConsole.Core.Common;
using FinConsole.Core.Mfa;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>Checks section <c>Mfa</c> once at start.</summary>
internal static class MfaSettings
{
    public static void Check(IConfiguration configuration, Faults faults)
    {
        var issuer = configuration.GetSection(MfaOptions.Section).GetSection(nameof(MfaOptions.Issuer));
        if (!string.IsNullOrWhiteSpace(issuer.Value) && !TotpIssuer.IsReadable(issuer.Value))
            faults.Add(Texts.Format(ConfigurationTexts.IssuerWrong, issuer.Path, issuer.Value, TotpIssuer.LongestName));
    }
}
