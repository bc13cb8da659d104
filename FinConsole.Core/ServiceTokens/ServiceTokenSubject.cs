using FinConsole.Core.AuditLog;

namespace FinConsole.Core.ServiceTokens;

/// <summary>How service tokens are named in the operator's log, and compared.</summary>
internal static class ServiceTokenSubject
{
    public static AuditSubject Of(ServiceToken token) => new(AuditResource.ServiceToken, token.Id, token.Name);

    public static AuditDetails DetailsOf(ServiceToken token) =>
        new AuditDetails().With(AuditField.Masked, token.Prefix + "…" + token.LastFour).With(AuditField.ExpiresAt, token.ExpiresAt);

    public static string KeyOf(string name) => name.ToLowerInvariant();
}
