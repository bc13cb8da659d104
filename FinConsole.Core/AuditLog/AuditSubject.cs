namespace FinConsole.Core.AuditLog;

/// <summary>What an entry is about, under the name it has now.</summary>
public sealed record AuditSubject(AuditResource Resource, Guid? Id, string Name);
