using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Core.Audit;

/// <summary>Refusals that any use case may answer with.</summary>
public static class AccessErrors
{
    public static readonly Error SessionEnded = new(ErrorKind.Unauthenticated, "session_ended", "Your session has ended. Sign in again.");

    public static Error Forbidden(Role role) =>
        new(ErrorKind.Forbidden, "forbidden", $"Your role ({role.DisplayName()}) does not allow this. Ask a tenant admin.");
}
