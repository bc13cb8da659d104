using FinConsole.Core.Audit.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Members;

namespace FinConsole.Web.Audit;

/// <summary>How entries are spoken of.</summary>
internal static class AuditWords
{
    public static string Of(AuditResource resource) => resource switch
    {
        AuditResource.Tenant => AuditTexts.ResourceTenant,
        AuditResource.Member => AuditTexts.ResourceMember,
        AuditResource.Session => AuditTexts.ResourceSession,
        AuditResource.Token => AuditTexts.ResourceToken,
        AuditResource.EncryptionKey => AuditTexts.ResourceEncryptionKey,
        AuditResource.AuditLog => AuditTexts.ResourceAuditLog,
        AuditResource.Policy => AuditTexts.ResourcePolicy,
        AuditResource.Console => AuditTexts.ResourceConsole,
        AuditResource.Invitation => AuditTexts.ResourceInvitation,
        AuditResource.LoginHistory => AuditTexts.ResourceLoginHistory,
        AuditResource.ServiceToken => AuditTexts.ResourceServiceToken,
        AuditResource.SavedView => AuditTexts.ResourceSavedView,
    };

    /// <summary>Kind and name of what an entry is about; once where the two are the same word.</summary>
    public static string Subject(AuditRow entry) => Of(entry.Resource) is var kind && (entry.ResourceName.Length == 0 || kind == entry.ResourceName) ? kind : $"{kind} · {entry.ResourceName}";

    public static string Of(ActorKind kind) => kind switch
    {
        ActorKind.Account => AuditTexts.ActorAccount,
        ActorKind.Token => AuditTexts.ActorToken,
        ActorKind.System => AuditTexts.ActorSystem,
        ActorKind.Service => AuditTexts.ActorService,
    };
}
