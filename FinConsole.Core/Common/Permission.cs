using System.Text.Json.Serialization;

namespace FinConsole.Core.Common;

/// <summary>What somebody may do. Checked in Core at every use case; pages ask too, to hide what would be refused.</summary>
public enum Permission
{
    /// <summary>Sign in and manage one's own account. Every role has it.</summary>
    [JsonStringEnumMemberName("UseOwnAccount")]
    UseOwnAccount,

    /// <summary>Set up one's own second factor. Every role has it, and it is all that is left to a member who lacks the one that the tenant requires.</summary>
    [JsonStringEnumMemberName("SetUpMfa")]
    SetUpMfa,

    /// <summary>Open the console beyond one's own account pages.</summary>
    [JsonStringEnumMemberName("UseConsole")]
    UseConsole,
    [JsonStringEnumMemberName("ReadTokens")]
    ReadTokens,
    [JsonStringEnumMemberName("ManageTokens")]
    ManageTokens,
    [JsonStringEnumMemberName("ReadEncryptionKeys")]
    ReadEncryptionKeys,
    [JsonStringEnumMemberName("RotateEncryptionKeys")]
    RotateEncryptionKeys,
    [JsonStringEnumMemberName("ExportPrivateKey")]
    ExportPrivateKey,
    [JsonStringEnumMemberName("ReadUsage")]
    ReadUsage,
    [JsonStringEnumMemberName("ReadLoginHistory")]
    ReadLoginHistory,
    [JsonStringEnumMemberName("AnnotateLoginHistory")]
    AnnotateLoginHistory,
    [JsonStringEnumMemberName("ReadAudit")]
    ReadAudit,
    [JsonStringEnumMemberName("VerifyAudit")]
    VerifyAudit,
    [JsonStringEnumMemberName("HandleAlerts")]
    HandleAlerts,
    [JsonStringEnumMemberName("ManageMembers")]
    ManageMembers,
    [JsonStringEnumMemberName("ManagePolicy")]
    ManagePolicy,

    /// <summary>Save, change and delete the views of lists that the whole tenant sees.</summary>
    [JsonStringEnumMemberName("ShareViews")]
    ShareViews,

    /// <summary>Replace the very token that one comes with. A token's own, by its scope; no role has it.</summary>
    [JsonStringEnumMemberName("RotateSelf")]
    RotateSelf,

    /// <summary>Read what tenants' clients encrypted. The operator's own servers'; no role has it.</summary>
    [JsonStringEnumMemberName("DecryptPayloads")]
    DecryptPayloads,
}
