namespace FinConsole.Core.AuditLog;

/// <summary>The log itself, as the subject of entries about its reading.</summary>
internal static class AuditLogSubject
{
    public static readonly AuditSubject Value = new(AuditResource.AuditLog, null, "Audit log");
}
