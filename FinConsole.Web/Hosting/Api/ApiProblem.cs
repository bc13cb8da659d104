using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Api;

/// <summary>A refusal as RFC 9457 tells it.</summary>
/// <param name="Status">As in api.md's table.</param>
/// <param name="Code">A stable word that programs may rely on.</param>
/// <param name="Title">One or two plain sentences; never an exception's text.</param>
internal sealed record ApiProblem(int Status, string Code, string Title)
{
    /// <summary>The code of a credential that lacks a scope or a role.</summary>
    public const string InsufficientScope = "insufficient_scope";

    public static readonly ApiProblem NoSuchRoute = new(StatusCodes.Status404NotFound, "no_such_route", ApiErrorTexts.NoSuchRoute);
    public static readonly ApiProblem WrongMethod = new(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", ApiErrorTexts.WrongMethod);
    public static readonly ApiProblem NotAcceptable = new(StatusCodes.Status406NotAcceptable, "not_acceptable", ApiErrorTexts.NotAcceptable);
    public static readonly ApiProblem TooLarge = new(StatusCodes.Status413PayloadTooLarge, "body_too_large", ApiErrorTexts.TooLarge);
    public static readonly ApiProblem WrongType = new(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", ApiErrorTexts.WrongType);
    public static readonly ApiProblem Malformed = new(StatusCodes.Status400BadRequest, "malformed_request", ApiErrorTexts.Malformed);
    public static readonly ApiProblem MalformedJson = new(StatusCodes.Status400BadRequest, "malformed_json", ApiErrorTexts.MalformedJson);
    public static readonly ApiProblem UnknownValue = new(StatusCodes.Status400BadRequest, "unknown_value", ApiErrorTexts.UnknownValue);
    public static readonly ApiProblem MalformedToken = new(StatusCodes.Status400BadRequest, "malformed_token", ApiErrorTexts.MalformedToken);
    public static readonly ApiProblem CredentialTwice = new(StatusCodes.Status400BadRequest, "ambiguous_credentials", ApiErrorTexts.CredentialTwice);
    public static readonly ApiProblem Unauthenticated = new(StatusCodes.Status401Unauthorized, "invalid_token", ApiErrorTexts.Unauthenticated);
    public static readonly ApiProblem AddressNotAllowed = new(StatusCodes.Status403Forbidden, "ip_not_allowed", ApiErrorTexts.AddressNotAllowed);
    public static readonly ApiProblem MemberNeeded = new(StatusCodes.Status403Forbidden, "member_required", ApiErrorTexts.MemberNeeded);
    public static readonly ApiProblem TokenNeeded = new(StatusCodes.Status403Forbidden, "token_required", ApiErrorTexts.TokenNeeded);
    public static readonly ApiProblem ServiceNeeded = new(StatusCodes.Status403Forbidden, "service_token_required", ApiErrorTexts.ServiceNeeded);
    public static readonly ApiProblem TenantNeeded = new(StatusCodes.Status403Forbidden, "tenant_credential_required", ApiErrorTexts.TenantNeeded);
    public static readonly ApiProblem Fault = new(StatusCodes.Status500InternalServerError, "internal_error", ApiErrorTexts.Fault);
    public static readonly ApiProblem Unavailable = new(StatusCodes.Status503ServiceUnavailable, "unavailable", ApiErrorTexts.Unavailable);

    /// <summary>The audit log does not take the entry of a change, because somebody altered the database.</summary>
    public static readonly ApiProblem AuditChainBroken = new(StatusCodes.Status503ServiceUnavailable, "audit_chain_broken", ApiErrorTexts.AuditChainBroken);

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
        new(StatusCodes.Status403Forbidden, InsufficientScope, Texts.Format(ApiErrorTexts.ScopeMissing, scope)) { Details = new Dictionary<string, string> { ["scope"] = scope } };

    public static ApiProblem TooMany(string whose, int secondsLeft) =>
        new(StatusCodes.Status429TooManyRequests, "rate_limited", Texts.Format(ApiErrorTexts.OverLimit, whose, secondsLeft))
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
