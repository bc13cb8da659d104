using FinConsole.Core.Common;

namespace FinConsole.Core.Audit.Chain;

/// <summary>
/// A change cannot be written down, because its log or the register of logs is missing or was altered in the database. Then it does not
/// happen.
/// </summary>
public sealed class AuditChainBrokenException(string message) : InvalidOperationException(message);

/// <summary>
/// The database is in use, and what every database in use holds is missing: somebody removed it. The program does not start on it.
/// </summary>
public sealed class InstallationDamagedException(string message) : ConfigurationRefusedException(message);
