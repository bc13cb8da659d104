using FinConsole.Core.Audit;
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
    };

    public static string Of(ActorKind kind) => kind switch
    {
        ActorKind.Account => AuditTexts.ActorAccount,
        ActorKind.Token => AuditTexts.ActorToken,
        ActorKind.System => AuditTexts.ActorSystem,
    };
}
