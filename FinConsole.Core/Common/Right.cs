namespace FinConsole.Core.Common;

/// <summary>What somebody may do. Checked in Core at every use case; pages ask too, to hide what would be refused.</summary>
public enum Right
{
    /// <summary>Sign in and manage one's own account. Every role has it.</summary>
    UseOwnAccount,

    /// <summary>Set up one's own second factor. Every role has it, and it is all that is left to a member who lacks the one that the tenant requires.</summary>
    SetUpMfa,

    /// <summary>Open the console beyond one's own account pages.</summary>
    UseConsole,
    ReadTokens,
    ManageTokens,
    ReadEncryptionKeys,
    RotateEncryptionKeys,
    ExportPrivateKey,
    ReadUsage,
    ReadLoginHistory,
    AnnotateLoginHistory,
    ReadAudit,
    VerifyAudit,
    HandleAlerts,
    ManageMembers,
    ManagePolicy,

    /// <summary>Replace the very token that one comes with. A token's own, by its scope; no role has it.</summary>
    RotateSelf,

    /// <summary>Read what tenants' clients encrypted. The operator's own servers'; no role has it.</summary>
    DecryptPayloads,
}
