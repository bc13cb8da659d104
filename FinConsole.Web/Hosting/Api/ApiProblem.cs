namespace FinConsole.Web.Hosting.Api;

/// <summary>A refusal as RFC 9457 tells it.</summary>
/// <param name="Status">As in api.md's table.</param>
/// <param name="Code">A stable word that programs may rely on.</param>
/// <param name="Title">One or two plain sentences; never an exception's text.</param>
internal sealed record ApiProblem(int Status, string Code, string Title)
{
    /// <summary>The code of a credential that lacks a scope or a role.</summary>
    public const string InsufficientScope = "insufficient_scope";

    public static readonly ApiProblem NoSuchRoute = new(StatusCodes.Status404NotFound, "no_such_route", "There is no such route. The routes are listed at /docs.");
    public static readonly ApiProblem WrongMethod = new(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "This route does not take this method; the Allow header says which it takes.");
    public static readonly ApiProblem NotAcceptable = new(StatusCodes.Status406NotAcceptable, "not_acceptable", "This route has no answer of a type that the Accept header takes.");
    public static readonly ApiProblem TooLarge = new(StatusCodes.Status413PayloadTooLarge, "body_too_large", "The body is too large. At most one megabyte is read.");
    public static readonly ApiProblem WrongType = new(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send the body as the content type that this route documents, in UTF-8.");
    public static readonly ApiProblem Malformed = new(StatusCodes.Status400BadRequest, "malformed_request", "The request is malformed.");
    public static readonly ApiProblem MalformedJson = new(StatusCodes.Status400BadRequest, "malformed_json", "The body is not the JSON that this route documents.");
    public static readonly ApiProblem UnknownValue = new(StatusCodes.Status400BadRequest, "unknown_value", "A field holds a value that it does not take.");
    public static readonly ApiProblem MalformedToken = new(StatusCodes.Status400BadRequest, "malformed_token", "This is no token: its shape or its checksum is wrong. It was looked up nowhere.");
    public static readonly ApiProblem CredentialTwice = new(StatusCodes.Status400BadRequest, "ambiguous_credentials", "Send one credential, once. This request bears several that disagree, or one header twice.");
    public static readonly ApiProblem Unauthenticated = new(StatusCodes.Status401Unauthorized, "invalid_token", "Send a valid token.");
    public static readonly ApiProblem AddressNotAllowed = new(StatusCodes.Status403Forbidden, "ip_not_allowed", "This token may not be used from this address.");
    public static readonly ApiProblem MemberNeeded = new(StatusCodes.Status403Forbidden, "member_required", "This route needs a member's access token (POST /api/v1/auth/login).");
    public static readonly ApiProblem TokenNeeded = new(StatusCodes.Status403Forbidden, "token_required", "This route is a token's own: it needs a tenant's token.");
    public static readonly ApiProblem ServiceNeeded = new(StatusCodes.Status403Forbidden, "service_token_required", "This route is for the operator's own servers: it needs a service token.");
    public static readonly ApiProblem TenantNeeded = new(StatusCodes.Status403Forbidden, "tenant_credential_required", "This route is a tenant's: a service token is of no tenant.");
    public static readonly ApiProblem Fault = new(StatusCodes.Status500InternalServerError, "internal_error", "Something went wrong here. Tell the operator the traceId.");
    public static readonly ApiProblem Unavailable = new(StatusCodes.Status503ServiceUnavailable, "unavailable", "The database is away. Nothing was changed; try again in a moment.");

    /// <summary>Messages by field, for validation.</summary>
    public IReadOnlyDictionary<string, string>? Errors { get; init; }

    /// <summary>Further members, such as the id of a token that was made before.</summary>
    public IReadOnlyDictionary<string, string>? Details { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A field, parameter or header cannot be read.</summary>
    /// <param name="place">A field's JSON path, such as <c>scopes[2]</c>; the name of a parameter or header.</param>
    /// <param name="message">What is wrong with it.</param>
    public static ApiProblem MalformedAt(string place, string message) => Malformed with { Errors = new Dictionary<string, string> { [place] = message } };

    public static ApiProblem ScopeMissing(string scope) =>
        new(StatusCodes.Status403Forbidden, InsufficientScope, $"This needs the scope {scope}, which the token lacks.") { Details = new Dictionary<string, string> { ["scope"] = scope } };

    public static ApiProblem TooMany(string whose, int secondsLeft) =>
        new(StatusCodes.Status429TooManyRequests, "rate_limited", $"Over the limit of requests a minute for this {whose}. The next window begins in {secondsLeft} s.")
        {
            RetryAfter = TimeSpan.FromSeconds(secondsLeft),
        };

    /// <summary>What a bare status means.</summary>
    public static ApiProblem Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthenticated,
        StatusCodes.Status404NotFound => NoSuchRoute,
        StatusCodes.Status405MethodNotAllowed => WrongMethod,
        StatusCodes.Status406NotAcceptable => NotAcceptable,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => WrongType,
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        >= StatusCodes.Status500InternalServerError => Fault,
        _ => Malformed with { Status = status },
    };
}
