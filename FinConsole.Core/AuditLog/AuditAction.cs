namespace FinConsole.Core.AuditLog;

/// <summary>What was done. Stored by number: a number never changes meaning and is never used again.</summary>
public enum AuditAction
{
    TenantOnboard = 1,
    TenantClose = 2,

    SessionStart = 20,
    SessionEnd = 21,
    SessionEndOthers = 22,
    SessionConfirm = 23,
    SessionEndByReviewer = 24,
    SessionRefresh = 25,

    /// <summary>A refresh token came back after its successor had been used; its session was ended.</summary>
    SessionRefreshReuse = 26,

    AccessRefused = 30,

    ProfileUpdate = 40,
    EmailChangeRequest = 41,
    EmailChange = 42,
    PasswordChange = 43,
    PasswordResetRequest = 44,
    PasswordReset = 45,
    PasswordResetDemand = 46,

    MfaEnrol = 50,
    MfaTurnOff = 51,
    MfaRecoveryCodes = 52,
    MfaReset = 53,

    MemberAdd = 60,
    MemberDeactivate = 61,
    MemberReactivate = 62,
    MemberRoleChange = 63,
    MemberInvite = 64,
    MemberInviteResend = 65,
    MemberInviteRevoke = 66,
    MemberInviteAccept = 67,

    TokenCreate = 100,
    TokenAcknowledge = 101,
    TokenRotate = 102,
    TokenRetire = 103,
    TokenInvalidate = 104,
    TokenDisable = 105,
    TokenEnable = 106,
    TokenEdit = 107,
    TokenVoid = 108,
    TokenExpire = 109,
    TokenRemind = 110,
    TokenRefuse = 111,

    EncryptionKeyRotate = 120,
    EncryptionKeyExport = 121,
    EncryptionKeyErase = 122,
    EncryptionKeyDecrypt = 123,

    PolicyUpdate = 130,

    LoginMark = 140,
    LoginNote = 141,
    LoginExport = 142,
    LoginPrune = 143,

    ServiceTokenAdd = 150,
    ServiceTokenRevoke = 151,

    SavedViewCreate = 160,
    SavedViewEdit = 161,
    SavedViewDelete = 162,

    AuditVerify = 200,
    AuditCheckpoint = 201,
    AuditExport = 202,

    /// <summary>A log from before the register of logs was listed in it.</summary>
    AuditRegister = 203,
}

/// <summary>The actions' names, as the log shows them and searches find them: <c>resource.verb</c>.</summary>
public static class AuditActions
{
    private static readonly Dictionary<AuditAction, string> Names = new()
    {
        [AuditAction.TenantOnboard] = "tenant.onboard",
        [AuditAction.TenantClose] = "tenant.close",
        [AuditAction.SessionStart] = "session.start",
        [AuditAction.SessionEnd] = "session.end",
        [AuditAction.SessionEndOthers] = "session.end-others",
        [AuditAction.SessionConfirm] = "session.confirm",
        [AuditAction.SessionEndByReviewer] = "session.end-by-reviewer",
        [AuditAction.SessionRefresh] = "session.refresh",
        [AuditAction.SessionRefreshReuse] = "session.refresh-reuse",
        [AuditAction.AccessRefused] = "access.refused",
        [AuditAction.ProfileUpdate] = "profile.update",
        [AuditAction.EmailChangeRequest] = "email.change-request",
        [AuditAction.EmailChange] = "email.change",
        [AuditAction.PasswordChange] = "password.change",
        [AuditAction.PasswordResetRequest] = "password.reset-request",
        [AuditAction.PasswordReset] = "password.reset",
        [AuditAction.PasswordResetDemand] = "password.reset-demand",
        [AuditAction.MfaEnrol] = "mfa.enrol",
        [AuditAction.MfaTurnOff] = "mfa.turn-off",
        [AuditAction.MfaRecoveryCodes] = "mfa.recovery-codes",
        [AuditAction.MfaReset] = "mfa.reset",
        [AuditAction.MemberAdd] = "member.add",
        [AuditAction.MemberDeactivate] = "member.deactivate",
        [AuditAction.MemberReactivate] = "member.reactivate",
        [AuditAction.MemberRoleChange] = "member.role-change",
        [AuditAction.MemberInvite] = "member.invite",
        [AuditAction.MemberInviteResend] = "member.invite-resend",
        [AuditAction.MemberInviteRevoke] = "member.invite-revoke",
        [AuditAction.MemberInviteAccept] = "member.invite-accept",
        [AuditAction.TokenCreate] = "token.create",
        [AuditAction.TokenAcknowledge] = "token.acknowledge",
        [AuditAction.TokenRotate] = "token.rotate",
        [AuditAction.TokenRetire] = "token.retire",
        [AuditAction.TokenInvalidate] = "token.invalidate",
        [AuditAction.TokenDisable] = "token.disable",
        [AuditAction.TokenEnable] = "token.enable",
        [AuditAction.TokenEdit] = "token.edit",
        [AuditAction.TokenVoid] = "token.void",
        [AuditAction.TokenExpire] = "token.expire",
        [AuditAction.TokenRemind] = "token.remind",
        [AuditAction.TokenRefuse] = "token.refuse",
        [AuditAction.EncryptionKeyRotate] = "encryption-key.rotate",
        [AuditAction.EncryptionKeyExport] = "encryption-key.export",
        [AuditAction.EncryptionKeyErase] = "encryption-key.erase",
        [AuditAction.EncryptionKeyDecrypt] = "encryption-key.decrypt",
        [AuditAction.PolicyUpdate] = "policy.update",
        [AuditAction.LoginMark] = "login.mark",
        [AuditAction.LoginNote] = "login.note",
        [AuditAction.LoginExport] = "login.export",
        [AuditAction.LoginPrune] = "login.prune",
        [AuditAction.ServiceTokenAdd] = "service-token.add",
        [AuditAction.ServiceTokenRevoke] = "service-token.revoke",
        [AuditAction.SavedViewCreate] = "saved-view.create",
        [AuditAction.SavedViewEdit] = "saved-view.edit",
        [AuditAction.SavedViewDelete] = "saved-view.delete",
        [AuditAction.AuditVerify] = "audit.verify",
        [AuditAction.AuditCheckpoint] = "audit.checkpoint",
        [AuditAction.AuditExport] = "audit.export",
        [AuditAction.AuditRegister] = "audit.register",
    };

    private static readonly Dictionary<string, AuditAction> ByName = Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every action, by name, in alphabetical order.</summary>
    public static IReadOnlyList<AuditAction> All { get; } = [.. Names.OrderBy(pair => pair.Value, StringComparer.Ordinal).Select(pair => pair.Key)];

    public static string Name(this AuditAction action) => Names[action];

    /// <summary>Finds an action by its name in any letter case; null when there is none.</summary>
    public static AuditAction? Parse(string name) => ByName.TryGetValue(name, out var action) ? action : null;
}
