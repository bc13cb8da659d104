using System.Data.Common;
using System.Net.Sockets;

namespace FinConsole.Core.Data;

/// <summary>Why a database cannot be used at all: something that the operator sets right, and no fault of the program.</summary>
public enum DatabaseObstacle
{
    /// <summary>It can be read, but not written: a file or folder without permission, a read-only mount, a standby.</summary>
    ReadOnly,

    /// <summary>The file cannot be opened or made, or is no database.</summary>
    CannotOpen,

    /// <summary>No server answers at the configured address.</summary>
    Unreachable,

    /// <summary>The server refuses the account, or the account lacks permissions.</summary>
    AccessDenied,

    /// <summary>The server has no such database.</summary>
    NoSuchDatabase,

    /// <summary>There is no room left.</summary>
    Full,
}

/// <summary>Tells obstacles from faults of the program.</summary>
public sealed class DatabaseObstacles(ConsoleDb db)
{
    /// <summary>The obstacle that a failure comes of; null for any other failure.</summary>
    /// <param name="failure">As it was thrown; Entity Framework wraps the driver's own exceptions.</param>
    public DatabaseObstacle? Find(Exception failure)
    {
        using var context = db.OpenForOperator();
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException database && context.Dialect.ObstacleOf(database) is { } obstacle)
                return obstacle;
            if (cause is SocketException)
                return DatabaseObstacle.Unreachable;
        }

        return null;
    }
}
