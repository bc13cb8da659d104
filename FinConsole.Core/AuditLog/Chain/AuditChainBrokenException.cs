using FinConsole.Core.Common;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>
/// A change cannot be written down, because its log or the register of logs is missing or was altered in the database, or because something
/// there keeps entries out. Then it does not happen.
/// </summary>
public sealed class AuditChainBrokenException(string message) : InvalidOperationException(message)
{
    /// <summary>The log of that tenant has no end.</summary>
    internal static AuditChainBrokenException OfMissing(Guid tenantId) => new(Texts.Format(AuditChainTexts.ChainMissing, tenantId.ToString("D")));

    /// <summary>Whether a failure is this one, or comes of it.</summary>
    public static bool IsCauseOf(Exception? failure) => failure switch
    {
        null => false,
        AuditChainBrokenException => true,
        AggregateException several => several.InnerExceptions.Any(IsCauseOf),
        _ => IsCauseOf(failure.InnerException),
    };
}

/// <summary>
/// The database is in use, and what every database in use holds is missing: somebody removed it. The program does not start on it.
/// </summary>
public sealed class InstallationDamagedException(string message) : ConfigurationRefusedException(message);
