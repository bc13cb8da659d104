using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>How keys are spoken of.</summary>
internal static class KeyLabels
{
    /// <summary>What a Java client lacks that pads with MGF1-SHA-1.</summary>
    public const string JavaFix =
        """cipher.init(Cipher.ENCRYPT_MODE, key, new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));""";

    // What lies between "not at all" and the longest that a policy can allow.
    private static readonly int[] UsualWindows = [1, 4, 12, 24];

    public static string Of(RotationReason reason) => reason switch
    {
        RotationReason.Scheduled => EncryptionKeysTexts.ReasonScheduled,
        RotationReason.Compromised => EncryptionKeysTexts.ReasonCompromised,
        RotationReason.Other => EncryptionKeysTexts.ReasonOther,
    };

    public static string Window(int hours) => hours switch
    {
        0 => EncryptionKeysTexts.WindowNone,
        1 => EncryptionKeysTexts.WindowOne,
        _ => Texts.Format(EncryptionKeysTexts.WindowMany, hours),
    };

    /// <summary>The windows to choose from, in hours, where the policy allows up to so many.</summary>
    public static IEnumerable<int> Windows(int longest) => UsualWindows.Where(hours => hours < longest).Prepend(0).Append(longest).Distinct();

    public static string Bytes(int count) => count == 1 ? EncryptionKeysTexts.OneByte : Texts.Format(EncryptionKeysTexts.Bytes, count);

    /// <summary>A name for a file with the key in it: keys of several tenants lie in one folder soon.</summary>
    public static string FileName(Guid keyId, string what, string extension) => $"finconsole-{what}-{keyId.ToString("N")[^8..]}.{extension}";
}
