using FinConsole.Core.Common;

namespace FinConsole.Core.ServiceTokens;

/// <summary>Why something cannot be done with a service token.</summary>
public static class ServiceTokenErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "service_token_not_found", ServiceTokenErrorTexts.NotFound);

    public static readonly Error NameTaken = new(ErrorKind.Conflict, "name_taken", ServiceTokenErrorTexts.NameTaken);

    public static readonly Error Ambiguous = new(ErrorKind.Conflict, "ambiguous", ServiceTokenErrorTexts.Ambiguous);
}
