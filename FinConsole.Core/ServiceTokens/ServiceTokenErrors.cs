using FinConsole.Core.Common;

namespace FinConsole.Core.ServiceTokens;

/// <summary>Why something cannot be done with a service token.</summary>
public static class ServiceTokenErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "service_token_not_found", "There is no live service token of that name or prefix.");

    public static readonly Error NameTaken = new(ErrorKind.Conflict, "name_taken", "Another live service token has this name. Revoke it first, or choose another name.");

    public static readonly Error Ambiguous = new(ErrorKind.Conflict, "ambiguous", "More than one live service token fits. Name it by its name.");
}
